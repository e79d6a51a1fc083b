package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.server.endpoint.watch.TransformedFrames;
import dev.sallyport.store.StoredObject;
import java.util.List;

/** Shows a watch its objects as tables of one row; only the first describes the columns. */
final class TableTransform implements TransformedFrames.Transform {

  private final Tables tables;
  private final ResourceDefinition resource;
  private final Tables.Include include;
  private boolean described;

  TableTransform(Tables tables, ResourceDefinition resource, Tables.Include include) {
    this.tables = tables;
    this.resource = resource;
    this.include = include;
  }

  @Override
  public byte[] apply(StoredObject object) {
    return table(List.of(object), object.revision(), "");
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    return table(
        List.of(),
        revision,
        initialEnd ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "");
  }

  private byte[] table(List<StoredObject> rows, long revision, String more) {
    String metadata = "{\"resourceVersion\":\"" + revision + "\"" + more + "}";
    boolean columns = !described;
    described = true;
    return tables.table(resource, rows, metadata, columns, include);
  }
}
