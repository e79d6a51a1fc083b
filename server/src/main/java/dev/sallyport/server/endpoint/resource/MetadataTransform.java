package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.table.PartialMetadata;
import dev.sallyport.server.endpoint.watch.TransformedFrames;
import dev.sallyport.store.StoredObject;

/** Shows a watch the metadata of its objects only. */
enum MetadataTransform implements TransformedFrames.Transform {
  INSTANCE;

  @Override
  public byte[] apply(StoredObject object) {
    return PartialMetadata.of(object);
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    return PartialMetadata.bookmark(revision, initialEnd);
  }
}
