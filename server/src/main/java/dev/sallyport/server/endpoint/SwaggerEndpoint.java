package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Headers;
import dev.sallyport.resources.openapi.OpenApiDocument;
import dev.sallyport.resources.openapi.SwaggerDocument;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** OpenAPI v2, in JSON; its protobuf form is not offered. */
public final class SwaggerEndpoint implements Endpoint {

  public static final String PATH = "/openapi/v2";

  private final SwaggerDocument document;
  private final Executor workers;

  /**
   * @param workers make the document: that takes far longer than an event loop may
   */
  public SwaggerEndpoint(SwaggerDocument document, Executor workers) {
    this.document = document;
    this.workers = workers;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    Headers headers = context.request().headers();
    if (!OpenApiEndpoint.acceptsJson(headers.first("accept"))) {
      return Answer.now(new Response.Buffered(406, new ResponseHeaders(), List.of()));
    }
    String known = headers.first("if-none-match");
    return Answer.later(
        CompletableFuture.supplyAsync(
            () -> answer(document.current(), known == null ? "" : known), workers));
  }

  private static Response answer(OpenApiDocument now, String known) {
    ResponseHeaders headers = OpenApiEndpoint.headers(now.hash(), null);
    if (OpenApiEndpoint.quoted(now.hash()).equals(known)) {
      return new Response.Buffered(304, headers, List.of());
    }
    return new Response.Buffered(
        200,
        headers.add("content-type", "application/json"),
        List.of(new Response.Segment(now.json())));
  }
}
