package dev.sallyport.server.endpoint;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Headers;
import dev.sallyport.resources.openapi.OpenApiDocument;
import dev.sallyport.resources.openapi.OpenApiDocuments;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.http.ResponseHeaders;
import dev.sallyport.server.response.Responses;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * OpenAPI v3, in JSON. The index names every document with its hash; under that URL a document may
 * be kept for good, without a hash it is asked for anew by its ETag, and an outdated hash leads to
 * the one of now. Documents are made by workers: that takes longer than an event loop may.
 */
public final class OpenApiEndpoint implements Endpoint {

  /** The index; documents stand below it. */
  public static final String PATH = "/openapi/v3";

  private static final String FOLDER = PATH + "/";
  private static final String JSON = "application/json";

  private final OpenApiDocuments documents;
  private final Executor workers;

  public OpenApiEndpoint(OpenApiDocuments documents, Executor workers) {
    this.documents = documents;
    this.workers = workers;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    String path = context.info().path();
    if (path.equals(PATH) || path.equals(FOLDER)) {
      return Answer.now(Responses.bytes(200, Responses.TEXT, documents.index()));
    }
    String name = path.substring(FOLDER.length());
    String hash = documents.hash(name);
    if (hash == null) {
      return Answer.now(Responses.pathNotFound());
    }
    Headers headers = context.request().headers();
    if (!acceptsJson(headers.first("accept"))) {
      return Answer.now(new Response.Buffered(406, new ResponseHeaders(), List.of()));
    }
    String asked = context.query().first("hash");
    if (asked != null && !asked.isEmpty() && !asked.equals(hash)) {
      return Answer.now(moved(path, hash));
    }
    if (quoted(hash).equals(headers.first("if-none-match"))) {
      return Answer.now(new Response.Buffered(304, headers(hash, asked), List.of()));
    }
    return document(name, asked);
  }

  private Answer<Response> document(String name, @Nullable String asked) {
    return Answer.later(
        CompletableFuture.supplyAsync(
            () -> {
              OpenApiDocument document = documents.document(name);
              return document == null
                  ? Responses.pathNotFound()
                  : new Response.Buffered(
                      200,
                      headers(document.hash(), asked).add("content-type", JSON),
                      List.of(new Response.Segment(document.json())));
            },
            workers));
  }

  static boolean acceptsJson(@Nullable String accept) {
    if (accept == null || accept.isBlank()) {
      return true;
    }
    String ranges = accept.toLowerCase(Locale.ROOT);
    return ranges.contains(JSON) || ranges.contains("*/*") || ranges.contains("application/*");
  }

  static ResponseHeaders headers(String hash, @Nullable String asked) {
    return new ResponseHeaders()
        .add("cache-control", hash.equals(asked) ? "public, immutable" : "no-cache, private")
        .add("etag", quoted(hash))
        .add("vary", "Accept");
  }

  private static Response moved(String path, String hash) {
    return new Response.Buffered(
        301,
        new ResponseHeaders()
            .add("cache-control", "no-cache, private")
            .add("location", path + "?hash=" + hash),
        List.of());
  }

  static String quoted(String hash) {
    return '"' + hash + '"';
  }
}
