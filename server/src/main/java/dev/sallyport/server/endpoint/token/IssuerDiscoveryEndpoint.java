package dev.sallyport.server.endpoint.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.authn.token.serviceaccount.JsonWebKeys;
import dev.sallyport.authn.token.serviceaccount.VerificationKeys;
import dev.sallyport.server.chain.Endpoint;
import dev.sallyport.server.chain.RequestContext;
import dev.sallyport.server.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /.well-known/openid-configuration}: where the keys of service-account tokens are had.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery</a>
 */
public final class IssuerDiscoveryEndpoint implements Endpoint {
  private final String issuer;
  private final Supplier<String> keySetAddress;
  private final Supplier<VerificationKeys> keys;

  /**
   * @param keySetAddress the URL of the key set, asked at each request because the port may be
   *     known late
   */
  public IssuerDiscoveryEndpoint(
      String issuer, Supplier<String> keySetAddress, Supplier<VerificationKeys> keys) {
    this.issuer = issuer;
    this.keySetAddress = keySetAddress;
    this.keys = keys;
  }

  @Override
  public Answer<Response> answer(RequestContext context) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("issuer", issuer);
    document.put("jwks_uri", keySetAddress.get());
    AnsweredReview.texts(document, "response_types_supported", List.of("id_token"));
    AnsweredReview.texts(document, "subject_types_supported", List.of("public"));
    AnsweredReview.texts(
        document, "id_token_signing_alg_values_supported", JsonWebKeys.algorithms(keys.get()));
    byte[] json = document.toString().getBytes(StandardCharsets.UTF_8);
    return Answer.now(PublicDocument.of("application/json", json));
  }
}
