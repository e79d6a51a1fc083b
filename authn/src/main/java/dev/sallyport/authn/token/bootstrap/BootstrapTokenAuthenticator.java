package dev.sallyport.authn.token.bootstrap;

import dev.sallyport.api.Answer;
import dev.sallyport.api.UserInfo;
import dev.sallyport.api.bootstrap.BootstrapSecret;
import dev.sallyport.api.bootstrap.BootstrapToken;
import dev.sallyport.authn.Audiences;
import dev.sallyport.authn.AuthenticationResult;
import dev.sallyport.authn.AuthenticationResult.Abstained;
import dev.sallyport.authn.AuthenticationResult.Authenticated;
import dev.sallyport.authn.AuthenticationResult.Rejected;
import dev.sallyport.authn.TokenAuthenticator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets in whoever brings a bootstrap token that a Secret of kube-system keeps, as long as the
 * Secret says so. The store is asked at every request, so a deleted token ends with its Secret.
 *
 * <p>Why a token is refused goes to the log only: who guesses learns nothing, as with
 * kube-apiserver.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/">Authenticating
 *     with bootstrap tokens</a>
 */
public final class BootstrapTokenAuthenticator implements TokenAuthenticator {

  private static final String USER_PREFIX = "system:bootstrap:";

  private final BootstrapSecretLookup secrets;
  private final Audiences apiAudiences;
  private final Clock clock;

  /**
   * @param apiAudiences whom a bootstrap token is meant for
   */
  public BootstrapTokenAuthenticator(
      BootstrapSecretLookup secrets, Audiences apiAudiences, Clock clock) {
    this.secrets = secrets;
    this.apiAudiences = apiAudiences;
    this.clock = clock;
  }

  @Override
  public Answer<AuthenticationResult> authenticate(String token, Audiences audiences) {
    BootstrapToken given = BootstrapToken.parse(token);
    Audiences meant = apiAudiences.agreedWith(audiences);
    return Answer.now(given == null || meant == null ? Abstained.INSTANCE : judge(given, meant));
  }

  private AuthenticationResult judge(BootstrapToken given, Audiences meant) {
    BootstrapSecret secret = secrets.find(BootstrapSecret.nameOf(given.id()));
    if (secret == null) {
      return refuse(given, "there is no such Secret");
    }
    String fault = fault(secret, given);
    if (!fault.isEmpty()) {
      return refuse(given, fault);
    }
    Optional<List<String>> groups = secret.groups();
    return groups.isEmpty()
        ? refuse(given, "auth-extra-groups names a group outside system:bootstrappers:")
        : new Authenticated(
            new UserInfo(USER_PREFIX + given.id(), "", groups.get(), Map.of()), meant);
  }

  private String fault(BootstrapSecret secret, BootstrapToken given) {
    if (secret.deleting()) {
      return "it is being deleted";
    }
    if (!secret.hasType()) {
      return "its type is not " + BootstrapSecret.TYPE;
    }
    if (!same(secret.value(BootstrapSecret.TOKEN_SECRET), given.secret())) {
      return "its token-secret is another";
    }
    if (!secret.value(BootstrapSecret.TOKEN_ID).equals(given.id())) {
      return "its token-id is another";
    }
    if (secret.expired(clock.instant())) {
      return "it has expired";
    }
    return secret.allows(BootstrapSecret.USAGE_AUTHENTICATION)
        ? ""
        : "usage-bootstrap-authentication is not true";
  }

  /** Takes as long for a secret that is nearly right as for one that is all wrong. */
  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static Rejected refuse(BootstrapToken given, String why) {
    return Rejected.quietly("Secret " + BootstrapSecret.nameOf(given.id()) + ": " + why);
  }
}
