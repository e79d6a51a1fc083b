package dev.sallyport.server.endpoint.resource;

import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.table.IncludeObject;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.endpoint.watch.TransformedFrames;
import dev.sallyport.store.StoredObject;

/** Shows a watch its objects as tables of one row; only the first describes the columns. */
final class TableTransform implements TransformedFrames.Transform {

  private final Tables tables;
  private final GroupVersionKind kind;
  private final IncludeObject include;
  private boolean described;

  TableTransform(Tables tables, GroupVersionKind kind, IncludeObject include) {
    this.tables = tables;
    this.kind = kind;
    this.include = include;
  }

  @Override
  public byte[] apply(StoredObject object) {
    return tables.object(kind, object, include, firstTime());
  }

  @Override
  public byte[] bookmark(long revision, boolean initialEnd) {
    return tables.bookmark(kind, revision, initialEnd, firstTime());
  }

  private boolean firstTime() {
    boolean first = !described;
    described = true;
    return first;
  }
}
