package dev.sallyport.server.assembly;

import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.resources.ObjectCodec;
import dev.sallyport.resources.kinds.core.ServiceNetwork;
import dev.sallyport.store.Key;
import dev.sallyport.store.ResourceStore;
import dev.sallyport.store.WatchEvent;

/** Which addresses and node ports are taken, by the services as they stand in the store. */
final class StoreServiceNetwork {

  private StoreServiceNetwork() {}

  static ServiceNetwork follow(
      ResourceStore store, ObjectCodec codec, ServiceNetworkConfig config) {
    ServiceNetwork network = new ServiceNetwork(config);
    store.observe(
        "services/specs",
        event -> {
          Key key = event.object().key();
          if (event.type() == WatchEvent.Type.DELETED) {
            network.gone(key.namespace(), key.name());
          } else {
            network.present(key.namespace(), key.name(), codec.read(event.object().json()));
          }
        });
    return network;
  }
}
