package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The first door: who are you.
 *
 * @param clientCa the bundle that client certificates must chain to; empty: no certificate is a way
 *     in
 * @param tokenFile CSV of static tokens: token, user, uid and optionally groups
 * @param anonymous whether a request without any credential is {@code system:anonymous}
 * @param requestHeader the front proxy's headers; empty: they are never believed
 * @param serviceAccounts service-account tokens
 * @param bootstrapTokens whether the bootstrap tokens in kube-system are a way in
 * @param tokenWebhook who is asked about tokens that nobody here knows
 * @param issuers issuers outside whose tokens are a way in
 * @param revocation credentials that have been called in
 * @param apiAudiences the audiences a token must be for; {@code --service-account-issuer} unless
 *     {@code --api-audiences} is given
 */
public record AuthenticationConfig(
    Optional<Path> clientCa,
    Optional<Path> tokenFile,
    boolean anonymous,
    Optional<RequestHeaderConfig> requestHeader,
    ServiceAccountConfig serviceAccounts,
    boolean bootstrapTokens,
    Optional<TokenWebhookConfig> tokenWebhook,
    IssuersConfig issuers,
    RevocationConfig revocation,
    List<String> apiAudiences) {
  public AuthenticationConfig {
    apiAudiences = List.copyOf(apiAudiences);
  }
}
