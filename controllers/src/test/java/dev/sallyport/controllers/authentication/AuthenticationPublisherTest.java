package dev.sallyport.controllers.authentication;

import static dev.sallyport.controllers.FakeObjects.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.config.RequestHeaderConfig;
import dev.sallyport.config.reload.Watched;
import dev.sallyport.controllers.FakeObjects;
import dev.sallyport.controllers.Later;
import dev.sallyport.controllers.authentication.AuthenticationPublisher.FrontProxy;
import dev.sallyport.controllers.configmap.PublishedConfigMap;
import dev.sallyport.controllers.namespace.NamespaceObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthenticationPublisherTest {
  private static final RequestHeaderConfig HEADERS =
      new RequestHeaderConfig(
          Path.of("unused"),
          List.of("front-proxy"),
          List.of("X-Remote-User", "X-Alt-User"),
          List.of("X-Remote-Uid"),
          List.of("X-Remote-Group"),
          List.of("X-Remote-Extra-"));

  private final FakeObjects objects = new FakeObjects();

  @Test
  void publishesBothBundlesAndTheHeaders() {
    start(
        Optional.of(Watched.fixed("clients")),
        Optional.of(new FrontProxy(HEADERS, Watched.fixed("proxies"))));
    objects.put(NamespaceObserver.NAMESPACES, "", json("{'metadata':{'name':'kube-system'}}"));
    ObjectNode data = (ObjectNode) published().path("data");
    assertEquals(7, data.size());
    assertEquals("clients", data.path("client-ca-file").asText());
    assertEquals("proxies", data.path("requestheader-client-ca-file").asText());
    assertEquals(
        "[\"X-Remote-User\",\"X-Alt-User\"]", data.path("requestheader-username-headers").asText());
    assertEquals("[\"front-proxy\"]", data.path("requestheader-allowed-names").asText());
    assertEquals("[\"X-Remote-Extra-\"]", data.path("requestheader-extra-headers-prefix").asText());
  }

  @Test
  void publishesClientsAloneWithoutAFrontProxy() {
    objects.put(NamespaceObserver.NAMESPACES, "", json("{'metadata':{'name':'kube-system'}}"));
    start(Optional.of(Watched.fixed("clients")), Optional.empty());
    assertEquals(json("{'client-ca-file':'clients'}"), published().path("data"));
    objects.writes.clear();
    start(Optional.of(Watched.fixed("clients")), Optional.empty());
    assertEquals(List.of(), objects.writes, "at a restart");
  }

  @Test
  void publishesNothingWhenThereIsNothing() {
    objects.put(NamespaceObserver.NAMESPACES, "", json("{'metadata':{'name':'kube-system'}}"));
    start(Optional.empty(), Optional.empty());
    assertEquals(List.of(), objects.writes);
  }

  private ObjectNode published() {
    return objects.read(
        PublishedConfigMap.CONFIG_MAPS, "kube-system", "extension-apiserver-authentication");
  }

  private void start(Optional<Watched<String>> clients, Optional<FrontProxy> proxy) {
    new AuthenticationPublisher(objects, clients, proxy, Runnable::run, new Later()).start();
  }
}
