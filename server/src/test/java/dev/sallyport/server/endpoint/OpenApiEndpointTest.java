package dev.sallyport.server.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sallyport.api.RequestInfo;
import dev.sallyport.resources.openapi.OpenApiDocuments;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.FakeRequest;
import dev.sallyport.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiEndpointTest {

  private final OpenApiDocuments documents = new OpenApiDocuments();
  private final OpenApiEndpoint endpoint = new OpenApiEndpoint(documents, Runnable::run);

  @Test
  void indexNamesTheDocuments() {
    Response.Buffered answer = answer(FakeRequest.get("/openapi/v3"));
    assertEquals(200, answer.status());
    assertEquals("text/plain; charset=utf-8", headers(answer).get("content-type"));
    assertTrue(text(answer).startsWith("{\"paths\":{"));
  }

  @Test
  void documentUnderItsHashMayBeKept() {
    String hash = hash("apis/apps/v1");
    Response.Buffered answer = answer(FakeRequest.get("/openapi/v3/apis/apps/v1?hash=" + hash));
    assertEquals(200, answer.status());
    assertEquals("public, immutable", headers(answer).get("cache-control"));
    assertEquals("application/json", headers(answer).get("content-type"));
    assertTrue(text(answer).contains("io.k8s.api.apps.v1.Deployment"));
  }

  @Test
  void anOutdatedHashLeadsToTheOneOfNow() {
    Response.Buffered answer = answer(FakeRequest.get("/openapi/v3/apis/apps/v1?hash=OLD"));
    assertEquals(301, answer.status());
    assertEquals(
        "/openapi/v3/apis/apps/v1?hash=" + hash("apis/apps/v1"), headers(answer).get("location"));
  }

  @Test
  void aKnownEtagIsNotAnsweredAgain() {
    String etag = '"' + hash("api/v1") + '"';
    FakeRequest request = FakeRequest.get("/openapi/v3/api/v1").header("if-none-match", etag);
    assertEquals(304, answer(request).status());
  }

  @Test
  void protobufIsNotToBeHad() {
    FakeRequest request =
        FakeRequest.get("/openapi/v3/api/v1")
            .header("accept", "application/com.github.proto-openapi.spec.v3.v1.0+protobuf");
    assertEquals(406, answer(request).status());
  }

  @Test
  void unknownDocumentsAreNotFound() {
    assertEquals(404, answer(FakeRequest.get("/openapi/v3/apis/nope/v1")).status());
    assertEquals(404, answer(FakeRequest.get("/openapi/v3/index.txt")).status());
  }

  private String hash(String name) {
    String hash = documents.hash(name);
    assertNotNull(hash);
    return hash;
  }

  private Response.Buffered answer(FakeRequest request) {
    RequestContext context =
        RequestContext.of(request, "id")
            .resolved(RequestInfo.ofPath("get", request.path()), Query.parse(request.query()));
    Response[] answer = new Response[1];
    endpoint.answer(context).whenDone((response, failure) -> answer[0] = response);
    return assertInstanceOf(Response.Buffered.class, answer[0]);
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new HashMap<>();
    response.headers().forEach(headers::put);
    return headers;
  }

  private static String text(Response.Buffered response) {
    Response.Segment segment = response.segments().get(0);
    return new String(segment.bytes(), segment.offset(), segment.length(), StandardCharsets.UTF_8);
  }
}
