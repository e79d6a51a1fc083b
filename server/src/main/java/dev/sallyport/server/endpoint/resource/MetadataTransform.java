package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.registry.EventShaper;
import dev.sallyport.server.endpoint.watch.TransformedFrames;
import dev.sallyport.store.StoredObject;
import java.nio.charset.StandardCharsets;

/** Shows a watch the metadata of its objects only. */
record MetadataTransform(EventShaper shaper) implements TransformedFrames.Transform {

  @Override
  public byte[] apply(StoredObject object) {
    return PartialMetadata.of(object);
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    byte[] json = shaper.bookmark(revision, initialEnd);
    String text = new String(json, StandardCharsets.UTF_8);
    return PartialMetadata.of(json, text.indexOf(",\"metadata\":"));
  }
}
