package dev.sallyport.server.endpoint.token;

import dev.sallyport.api.Answer;
import dev.sallyport.api.Reason;
import dev.sallyport.api.Status;
import dev.sallyport.api.StatusDetails;
import dev.sallyport.api.StatusException;
import dev.sallyport.authn.token.serviceaccount.JsonWebKeys;
import dev.sallyport.authn.token.serviceaccount.VerificationKeys;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * {@code /openid/v1/jwks}: the public keys of service-account tokens.
 *
 * @see <a href="https://github.com/kubernetes/enhancements/issues/1393">KEP-1393</a>
 */
public final class KeySetEndpoint implements Endpoint {
  private static final String MEDIA_TYPE = "application/jwk-set+json";

  private final Supplier<VerificationKeys> keys;

  public KeySetEndpoint(Supplier<VerificationKeys> keys) {
    this.keys = keys;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    String accept = context.request().headers().first("accept");
    if (accept != null && !accepts(accept)) {
      throw new StatusException(
          new Status(
              406,
              Reason.NOT_ACCEPTABLE,
              "406: Not Acceptable\n\nAvailable representations: " + MEDIA_TYPE,
              StatusDetails.EMPTY));
    }
    byte[] json = JsonWebKeys.json(keys.get()).getBytes(StandardCharsets.UTF_8);
    return Answer.now(PublicDocument.of(MEDIA_TYPE, json));
  }

  private static boolean accepts(String accept) {
    return accept.isBlank() || accept.contains("*/*") || accept.contains(MEDIA_TYPE);
  }
}
