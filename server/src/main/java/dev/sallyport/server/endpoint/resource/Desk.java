package dev.sallyport.server.endpoint.resource;

import dev.sallyport.api.Answer;
import dev.sallyport.resources.ResourceDefinition;
import dev.sallyport.resources.registry.Body;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.endpoint.RequestBodies;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Where the work on a write is done: a usual body is handled on its connection's event loop, a
 * large one elsewhere, for other clients of that loop wait meanwhile; and so is what strangers'
 * schemas and rules decide about, as nobody knows how long these take. What the store answers is
 * written on the loop again and never on the store's own thread, behind which all other writes
 * wait.
 */
public final class Desk {

  /** Beyond that many bytes decoding, defaulting and checking take milliseconds. */
  private static final int USUAL = 64 << 10;

  private final Executor workers;

  /**
   * @param workers for what is too long for an event loop
   */
  public Desk(Executor workers) {
    this.workers = workers;
  }

  /**
   * The whole body of a write to the resource.
   *
   * @throws dev.sallyport.api.StatusException 415 when it is compressed, 413 when it is too long
   */
  Answer<byte[]> body(RequestContext context, ResourceDefinition resource) {
    boolean quick = resource.custom() == null && !definesKinds(resource);
    return body(context, quick);
  }

  /** Compiling a schema's first rules may take a second; checking an object of it, half of one. */
  private static boolean definesKinds(ResourceDefinition resource) {
    return resource.kind().group().equals("apiextensions.k8s.io");
  }

  private Answer<byte[]> body(RequestContext context, boolean quick) {
    return RequestBodies.read(context)
        .then(
            bytes ->
                quick && bytes.length <= USUAL
                    ? Answer.now(bytes)
                    : Answer.later(CompletableFuture.supplyAsync(() -> bytes, workers)));
  }

  /** The DeleteOptions that a DELETE may carry. */
  Answer<Body> deleteOptions(RequestContext context) {
    if (context.request().body().declaredLength() == 0) {
      return Answer.now(Body.NONE);
    }
    var format = RequestBodies.format(context.request().headers());
    return body(context, true)
        .map(
            bytes ->
                bytes.length == 0 ? Body.NONE : new Body(format, bytes, context.objectListener()));
  }

  /** The same, given on the event loop if it was not there at once. */
  static <T> Answer<T> back(RequestContext context, Answer<T> answer) {
    return answer instanceof Answer.Now<T>
        ? answer
        : Answer.later(
            answer
                .toStage()
                .thenApplyAsync(Function.identity(), context.request().connection().loop()));
  }
}
