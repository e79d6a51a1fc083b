package dev.sallyport.server.endpoint.token;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusException;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationRequest;
import dev.sallyport.authn.explain.Explainer;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import dev.sallyport.server.response.ResponseWriter;
import java.nio.charset.StandardCharsets;

/**
 * /debug/authenticate: what each way in says of a credential, and why. A POST shows a token or a
 * chain of PEM certificates; a GET asks about the caller's own, of which nothing is left here: the
 * filter that saw it fills the answer in.
 *
 * <p>Whoever may ask learns whose a credential is, so RBAC guards the path and no role that is
 * there from the start opens it.
 */
public final class ExplanationEndpoint implements Endpoint {

  public static final String PATH = "/debug/authenticate";

  /** More than any header may have. */
  private static final int LONGEST = 1 << 20;

  private final Explainer explainer;
  private final Audiences audiences;
  private final ResponseWriter writer;

  /**
   * @param audiences whom tokens for this server must be meant for
   */
  public ExplanationEndpoint(Explainer explainer, Audiences audiences, ResponseWriter writer) {
    this.explainer = explainer;
    this.audiences = audiences;
    this.writer = writer;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    return switch (context.request().method()) {
      case "GET" -> Answer.now(writer.json(context, "{}".getBytes(StandardCharsets.UTF_8)));
      case "POST" ->
          context
              .request()
              .body()
              .read(LONGEST)
              .then(body -> explain(context, ShownCredential.read(body, audiences)));
      default -> throw new StatusException(Status.methodNotAllowed());
    };
  }

  /** The explanation of a credential as an answer to that request. */
  public Answer<Response> explain(RequestContext context, AuthenticationRequest credential) {
    return explainer
        .explain(credential)
        .map(explanation -> writer.json(context, Explanations.json(explanation)));
  }
}
