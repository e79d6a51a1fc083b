package dev.sallyport.server.http;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.authn.Credential;
import dev.sallyport.server.chain.PercentCoding;
import dev.sallyport.server.chain.Query;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.filter.RequestInfoResolver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Contexts of requests as they are in the middle of the chain, and what answers hold. */
public final class Contexts {

  private Contexts() {}

  /** A request whose path is resolved, by an authenticated user. */
  public static RequestContext by(UserInfo user, FakeRequest request) {
    return unknown(request).authenticated(user, Credential.NONE, request);
  }

  /** A request whose path is resolved. */
  public static RequestContext unknown(FakeRequest request) {
    Query query = Query.parse(request.query());
    String path = Objects.requireNonNull(PercentCoding.decodePath(request.path()));
    return RequestContext.of(request, "audit-1")
        .resolved(new RequestInfoResolver().resolve(request.method(), path, query), query);
  }

  /** The answer's value; it must be there. */
  public static Response value(Answer<Response> answer) {
    return answer.toStage().toCompletableFuture().join();
  }

  public static String body(Response response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Response.Segment segment : ((Response.Buffered) response).segments()) {
      bytes.write(segment.bytes(), segment.offset(), segment.length());
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The values of one header. */
  public static List<String> header(Response response, String name) {
    List<String> values = new ArrayList<>();
    response
        .headers()
        .forEach(
            (sent, value) -> {
              if (sent.equals(name)) {
                values.add(value);
              }
            });
    return values;
  }
}
