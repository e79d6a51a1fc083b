package dev.sallyport.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one issuer that the {@code --oidc-*} flags name.
 *
 * @param issuerUrl the iss claim, and where its keys are discovered
 * @param clientId the audience that tokens must be for
 * @param caFile bundle that its server's certificate must chain to; empty: the machine's
 * @param usernameClaim the claim that names the user
 * @param usernamePrefix put before user names; empty for none
 * @param groupsClaim the claim that lists groups; empty: tokens bring no groups
 * @param groupsPrefix put before groups; empty for none
 * @param signingAlgorithms accepted algorithms, JOSE names
 * @param requiredClaims claims that must be there with just that text
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens">OpenID
 *     Connect tokens</a>
 */
public record OidcConfig(
    String issuerUrl,
    String clientId,
    Optional<Path> caFile,
    String usernameClaim,
    String usernamePrefix,
    String groupsClaim,
    String groupsPrefix,
    List<String> signingAlgorithms,
    Map<String, String> requiredClaims) {

  /** Algorithms that a public key verifies (RFC 7518, 3.1). */
  public static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512");

  public OidcConfig {
    signingAlgorithms = List.copyOf(signingAlgorithms);
    requiredClaims = Map.copyOf(new LinkedHashMap<>(requiredClaims));
    Faults faults = new Faults();
    IssuerUrl.expected(issuerUrl)
        .ifPresent(expected -> faults.add("--oidc-issuer-url", issuerUrl, expected));
    faults.check(!clientId.isEmpty(), "--oidc-client-id", clientId, "the client's id");
    faults.check(!usernameClaim.isEmpty(), "--oidc-username-claim", "", "a claim's name");
    for (String algorithm : signingAlgorithms) {
      faults.check(
          ALGORITHMS.contains(algorithm),
          "--oidc-signing-algs",
          algorithm,
          String.join(", ", ALGORITHMS.stream().sorted().toList()));
    }
    faults.throwIfAny();
  }
}
