package dev.sallyport.authn.token.serviceaccount;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Signs tokens for service accounts. For any thread; signing takes about a millisecond, so it is
 * not for an event loop.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
public final class ServiceAccountTokenIssuer {
  private final String issuer;
  private final TokenSigner signer;
  private final Clock clock;

  /**
   * @param issuer the iss claim
   * @param key an RSA key, or EC on P-256, P-384 or P-521
   * @param publicKey its public half, which names it
   */
  public ServiceAccountTokenIssuer(
      String issuer, PrivateKey key, PublicKey publicKey, Clock clock) {
    this.issuer = issuer;
    this.signer = new TokenSigner(key, publicKey);
    this.clock = clock;
  }

  public IssuedToken issue(TokenSpec spec) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiration = now.plus(spec.lifetime());
    String id = UUID.randomUUID().toString();
    return new IssuedToken(
        signer.sign(claims(spec, now, expiration, id).toString()), id, expiration);
  }

  /**
   * A token for a secret to hold: it has no end, and is good while the secret has it. No two are
   * the same, so that a secret made anew does not bring an old token back.
   *
   * @return the token in compact form: a secret
   */
  public String issueLegacy(String namespace, BoundObject account, String secret) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    claims.put("iss", LegacyClaims.ISSUER);
    claims.put("jti", UUID.randomUUID().toString());
    claims.put(LegacyClaims.NAMESPACE, namespace);
    claims.put(LegacyClaims.SECRET, secret);
    claims.put(LegacyClaims.ACCOUNT, account.name());
    claims.put(LegacyClaims.ACCOUNT_UID, account.uid());
    claims.put("sub", ServiceAccountUser.name(namespace, account.name()));
    return signer.sign(claims.toString());
  }

  private ObjectNode claims(TokenSpec spec, Instant now, Instant expiration, String id) {
    ObjectNode claims = JsonNodeFactory.instance.objectNode();
    spec.audiences().forEach(claims.putArray("aud")::add);
    claims.put("exp", expiration.getEpochSecond());
    claims.put("iat", now.getEpochSecond());
    claims.put("iss", issuer);
    claims.put("jti", id);
    ObjectNode ours = claims.putObject("kubernetes.io");
    ours.put("namespace", spec.namespace());
    spec.node().ifPresent(node -> reference(ours, "node", node));
    spec.pod().ifPresent(pod -> reference(ours, "pod", pod));
    spec.secret().ifPresent(secret -> reference(ours, "secret", secret));
    reference(ours, "serviceaccount", spec.account());
    spec.warnAfter().ifPresent(after -> ours.put("warnafter", now.plus(after).getEpochSecond()));
    claims.put("nbf", now.getEpochSecond());
    claims.put("sub", ServiceAccountUser.name(spec.namespace(), spec.account().name()));
    return claims;
  }

  private static void reference(ObjectNode claims, String member, BoundObject object) {
    ObjectNode reference = claims.putObject(member).put("name", object.name());
    if (!object.uid().isEmpty()) {
      reference.put("uid", object.uid());
    }
  }
}
