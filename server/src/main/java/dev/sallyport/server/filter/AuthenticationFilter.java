package dev.sallyport.server.filter;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.WellKnown;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.Authenticator;
import dev.sallyport.server.chain.AuditEntry;
import dev.sallyport.server.chain.Filter;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.chain.RequestHandler;
import dev.sallyport.server.http.Request;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import dev.sallyport.server.response.Warnings;
import org.jspecify.annotations.Nullable;

/**
 * The first door: 401 without an authenticated user, and nothing behind it sees a credential.
 *
 * <p>An HTTP/2 connection that brought a request without a known user is given up after the answer,
 * so that nobody can multiplex a flood for free.
 */
public final class AuthenticationFilter implements Filter {

  private static final String SPACE_WARNING =
      "the provided Authorization header contains extra space before the bearer token, and is"
          + " ignored";

  private final Authenticator authenticator;
  private final Audiences audiences;
  private final CredentialHeaders credentials;
  private final ResponseWriter writer;
  private final AuthenticationObserver observer;
  private final RefusalLog refusals = new RefusalLog(System::nanoTime);

  /**
   * @param audiences whom tokens for this server must be meant for
   * @param credentials the headers to strip
   * @param observer told of every outcome
   */
  public AuthenticationFilter(
      Authenticator authenticator,
      Audiences audiences,
      CredentialHeaders credentials,
      ResponseWriter writer,
      AuthenticationObserver observer) {
    this.authenticator = authenticator;
    this.audiences = audiences;
    this.credentials = credentials;
    this.writer = writer;
    this.observer = observer;
  }

  @Override
  public Answer<Response> apply(RequestContext context, RequestHandler next) {
    Answer<AuthenticationResult> verdict =
        authenticator.authenticate(new Credentials(context.request(), audiences));
    if (verdict instanceof Answer.Now<AuthenticationResult> now) {
      return pass(now.value(), context, next);
    }
    return verdict.then(result -> pass(result, context, next));
  }

  private Answer<Response> pass(
      AuthenticationResult result, RequestContext context, RequestHandler next) {
    observer.observed(result);
    if (result instanceof Authenticated vouched) {
      AuditEntry entry = context.audit();
      if (entry != null && !vouched.annotations().isEmpty()) {
        vouched.annotations().forEach(entry::annotate);
      }
      return admit(vouched, context, next);
    }
    if (result instanceof AuthenticationResult.Rejected rejected) {
      refusals.log(context, rejected);
    }
    giveUp(context.request());
    return Answer.now(writer.status(context, Status.unauthorized()));
  }

  private Answer<Response> admit(
      Authenticated vouched, RequestContext context, RequestHandler next) {
    UserInfo user = vouched.user();
    Request request = context.request();
    if (user.name().equals(WellKnown.USER_ANONYMOUS)) {
      giveUp(request);
    }
    boolean warn = spacedBearer(request.headers().first("authorization"));
    Answer<Response> answer =
        next.handle(
            context.authenticated(
                user, vouched.credential(), new StrippedRequest(request, credentials)));
    return warn ? answer.map(AuthenticationFilter::warned) : answer;
  }

  private static void giveUp(Request request) {
    if (request.connection().http2()) {
      request.connection().closeGracefully();
    }
  }

  private static Response warned(Response response) {
    Warnings.add(response.headers(), SPACE_WARNING);
    return response;
  }

  /** Whether two spaces stand where the token should begin; such a header is no credential. */
  private static boolean spacedBearer(@Nullable String authorization) {
    return authorization != null
        && authorization.length() > 7
        && authorization.charAt(6) == ' '
        && authorization.charAt(7) == ' '
        && authorization.regionMatches(true, 0, "Bearer", 0, 6)
        && !authorization.isBlank();
  }
}
