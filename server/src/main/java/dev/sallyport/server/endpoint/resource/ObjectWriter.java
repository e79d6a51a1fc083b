package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Quoted;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.resources.registry.WriteResult;
import dev.sallyport.resources.table.IncludeObject;
import dev.sallyport.resources.table.PartialMetadata;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Compression;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.SegmentPieces;
import dev.sallyport.server.response.Warnings;
import dev.sallyport.store.StoredObject;
import java.util.concurrent.Executor;

/** Writes stored objects and lists of them in the representation that was chosen. */
public final class ObjectWriter {

  private final ResponseWriter writer;
  private final Tables tables;
  private final Executor workers;
  private final LargeLists large;

  /**
   * @param workers for what is too long for an event loop
   * @param budget for lists that have to be made whole
   */
  public ObjectWriter(ResponseWriter writer, Tables tables, Executor workers, ListBudget budget) {
    this.writer = writer;
    this.tables = tables;
    this.workers = workers;
    this.large = new LargeLists(tables, workers, budget);
  }

  Response object(
      RequestContext context,
      Representation form,
      ResourceDefinition resource,
      int code,
      StoredObject object) {
    byte[] json =
        switch (form.transform()) {
          case NONE -> object.json();
          case METADATA, METADATA_LIST -> PartialMetadata.of(object);
          case TABLE -> tables.object(resource.kind(), object, include(context), true);
        };
    return writer.object(form, code, json);
  }

  /** An object that was asked for; compressed when it is large and the client likes it so. */
  Response read(
      RequestContext context,
      Representation form,
      ResourceDefinition resource,
      StoredObject object) {
    Response whole = object(context, form, resource, 200, object);
    if (object.json().length <= Compression.THRESHOLD
        || audited(context)
        || !(whole instanceof Response.Buffered made)
        || made.length() <= Compression.THRESHOLD
        || !Compression.accepted(context.request().headers())) {
      return whole;
    }
    return ResponseWriter.compressed(
        form.format(), new SegmentPieces(made.segments().iterator()), workers);
  }

  Answer<Response> list(
      RequestContext context, Representation form, ResourceDefinition resource, ObjectList list) {
    long weight = list.weight();
    if (weight <= Compression.THRESHOLD) {
      return Answer.now(small(context, form, resource, list));
    }
    return LargeLists.inPieces(form) && !audited(context)
        ? Answer.now(large.pieces(context, form, resource, list))
        : large.whole(context, form, weight, () -> small(context, form, resource, list));
  }

  private static boolean audited(RequestContext context) {
    AuditEntry entry = context.audit();
    return entry != null && entry.wantsAnswer();
  }

  private Response.Buffered small(
      RequestContext context, Representation form, ResourceDefinition resource, ObjectList list) {
    byte[] json =
        switch (form.transform()) {
          case NONE -> list.json();
          case METADATA, METADATA_LIST -> PartialMetadata.list(list.metadata(), list.objects());
          case TABLE ->
              tables.list(resource.kind(), list.metadata(), list.objects(), include(context));
        };
    return writer.object(form, 200, json);
  }

  /** The outcome of a write, with its warnings. */
  Response result(
      RequestContext context,
      Representation form,
      ResourceDefinition resource,
      WriteResult result) {
    Response response = object(context, form, resource, result.code(), result.object());
    Warnings.addAll(response.headers(), result.warnings());
    return response;
  }

  /**
   * What the query parameter includeObject asks for.
   *
   * @throws StatusException 400 for what it cannot ask for
   */
  static IncludeObject include(RequestContext context) {
    String asked = context.query().text("includeObject");
    IncludeObject include = IncludeObject.of(asked);
    if (include == null) {
      throw new StatusException(
          Status.badRequest("unrecognized includeObject value " + Quoted.of(asked)));
    }
    return include;
  }
}
