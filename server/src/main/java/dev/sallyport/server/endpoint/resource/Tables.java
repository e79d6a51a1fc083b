package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.store.StoredObject;
import java.util.List;

/** Prints objects as the rows that kubectl shows. Any thread. */
public interface Tables {

  /** What of an object stands beside its row. */
  enum Include {
    NONE,
    METADATA,
    OBJECT
  }

  /**
   * A meta.k8s.io/v1 Table.
   *
   * @param metadata the list's metadata as JSON
   * @param columns whether the columns are described; a watch does that once
   */
  byte[] table(
      ResourceDefinition resource,
      List<StoredObject> objects,
      String metadata,
      boolean columns,
      Include include);
}
