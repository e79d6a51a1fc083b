package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.resources.BodyFormat;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.registry.ObjectList;
import dev.sallyport.resources.table.IncludeObject;
import dev.sallyport.resources.table.PartialMetadata;
import dev.sallyport.resources.table.Tables;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.Compression;
import dev.sallyport.server.response.Pieces;
import dev.sallyport.server.response.Representation;
import dev.sallyport.server.response.Representation.Transform;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.SegmentPieces;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Writes large lists. JSON goes out object by object, no faster than the client takes it, so that a
 * list costs its references and one piece; with rows, metadata or compression workers make the
 * pieces. What can only be written whole (indented JSON, YAML, protobuf) is made by workers too,
 * and within a budget of memory: beyond it the client is told to come again.
 */
final class LargeLists {

  private final Tables tables;
  private final Executor workers;
  private final ListBudget budget;

  LargeLists(Tables tables, Executor workers, ListBudget budget) {
    this.tables = tables;
    this.workers = workers;
    this.budget = budget;
  }

  /** Whether the list can be sent in pieces. */
  static boolean inPieces(Representation form) {
    return form.format() == BodyFormat.JSON && !form.pretty();
  }

  /** A list in JSON, in pieces. */
  Response pieces(
      RequestContext context, Representation form, ResourceDefinition resource, ObjectList list) {
    boolean gzip = Compression.accepted(context.request().headers());
    Pieces pieces = new SegmentPieces(segments(context, form, resource, list));
    if (gzip) {
      return ResponseWriter.compressed(BodyFormat.JSON, pieces, workers);
    }
    return form.transform() == Transform.NONE
        ? ResponseWriter.streamed(BodyFormat.JSON, pieces, list.length(), null)
        : ResponseWriter.streamed(BodyFormat.JSON, pieces, -1, workers);
  }

  private ListSegments segments(
      RequestContext context, Representation form, ResourceDefinition resource, ObjectList list) {
    return switch (form.transform()) {
      case NONE -> ListSegments.stored(list);
      case METADATA, METADATA_LIST ->
          ListSegments.of(
              PartialMetadata.head(list.metadata()), list.objects(), PartialMetadata::of);
      case TABLE -> {
        IncludeObject include = ObjectWriter.include(context);
        yield ListSegments.of(
            tables.head(resource.kind(), list.metadata()),
            list.objects(),
            object -> tables.row(resource.kind(), object, include));
      }
    };
  }

  /**
   * A list that has to be made whole.
   *
   * @param weight bytes of its objects' JSON
   * @param whole makes it; run by a worker
   */
  Answer<Response> whole(
      RequestContext context, Representation form, long weight, Supplier<Response.Buffered> whole) {
    long cost = weight * cost(form);
    if (!budget.covers(cost)) {
      throw new StatusException(tooLarge(form));
    }
    ListBudget.Share share = budget.take(cost);
    if (share == null) {
      throw new StatusException(
          Status.tooManyRequests("too many large lists are being written, please try again", 1));
    }
    try {
      return Answer.later(
          CompletableFuture.supplyAsync(whole, workers)
              .thenApply(made -> sent(context, form, made, share))
              .whenComplete(
                  (response, failure) -> {
                    if (!(response instanceof Response.Streamed)) {
                      share.close();
                    }
                  }));
    } catch (RejectedExecutionException full) {
      share.close();
      throw full;
    }
  }

  private Response sent(
      RequestContext context, Representation form, Response.Buffered made, ListBudget.Share share) {
    AuditEntry entry = context.audit();
    if (entry != null && entry.wantsAnswer()) {
      return made; // the visitors' book keeps it anyway
    }
    Pieces pieces = new SegmentPieces(made.segments().iterator(), share::close);
    return Compression.accepted(context.request().headers())
        ? ResponseWriter.compressed(form.format(), pieces, workers)
        : ResponseWriter.streamed(form.format(), pieces, made.length(), null);
  }

  /** How many times its JSON's bytes a list takes at most while it is made. */
  private static int cost(Representation form) {
    return switch (form.format()) {
      case JSON -> 5;
      case PROTOBUF -> 4;
      case YAML -> 12;
    };
  }

  private static Status tooLarge(Representation form) {
    return new Status(
        406,
        Reason.NOT_ACCEPTABLE,
        "the list is too large to be written as "
            + form.format().mediaType()
            + (form.pretty() ? " with indentation" : "")
            + ": ask for plain JSON, or for pages of it (limit)",
        null);
  }
}
