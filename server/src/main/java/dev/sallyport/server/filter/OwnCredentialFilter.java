package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;

/**
 * Answers questions about the caller's own credential. It stands before authentication, behind
 * which no credential is left, and speaks only when everything behind it has let the request pass.
 */
public final class OwnCredentialFilter implements Filter {

  /** Answers a request by what is to be said of a credential. */
  @FunctionalInterface
  public interface Explaining {
    Answer<Response> explain(RequestContext context, AuthenticationRequest credential);
  }

  private final String path;
  private final Audiences audiences;
  private final Explaining explaining;

  /**
   * @param path a GET of that path asks
   */
  public OwnCredentialFilter(String path, Audiences audiences, Explaining explaining) {
    this.path = path;
    this.audiences = audiences;
    this.explaining = explaining;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Request request = context.request();
    if (!request.path().equals(path) || !request.method().equals("GET")) {
      return next.handle(context);
    }
    Credentials own = new Credentials(request, audiences);
    return next.handle(context)
        .then(
            answer ->
                answer.status() == 200 ? explaining.explain(context, own) : Answer.now(answer));
  }
}
