package dev.sallyport.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How service-account tokens are issued and recognised.
 *
 * @param issuers the {@code iss} values accepted; the first is the one put into new tokens
 * @param keyFiles PEM files with one or more public or private keys that verify tokens
 * @param signingKey the private key that signs new tokens
 * @param keySet where others fetch the key set; empty: from this server
 * @param maxTokenExpiration the longest life a token may be asked for; zero: no limit of our own
 * @param lookup whether a token's account and secret must still exist for its legacy tokens
 * @param extendTokenExpiration whether a bound token of an hour lives a year, with a warning
 */
public record ServiceAccountConfig(
    List<String> issuers,
    List<Path> keyFiles,
    Path signingKey,
    Optional<URI> keySet,
    Duration maxTokenExpiration,
    boolean lookup,
    boolean extendTokenExpiration) {
  private static final Duration SHORTEST = Duration.ofHours(1);
  private static final Duration LONGEST = Duration.ofSeconds(1L << 32);

  public ServiceAccountConfig {
    issuers = List.copyOf(issuers);
    keyFiles = List.copyOf(keyFiles);
    Faults faults = new Faults();
    faults.check(!issuers.isEmpty(), "--service-account-issuer", "", "at least one issuer");
    faults.check(!keyFiles.isEmpty(), "--service-account-key-file", "", "at least one key file");
    faults.check(
        issuers.stream().distinct().count() == issuers.size(),
        "--service-account-issuer",
        String.join(",", issuers),
        "each issuer once");
    for (String issuer : issuers) {
      faults.check(!issuer.isBlank(), "--service-account-issuer", issuer, "a name or an https URL");
    }
    keySet.ifPresent(
        uri ->
            faults.check(
                "https".equals(uri.getScheme()) && uri.getHost() != null,
                "--service-account-jwks-uri",
                uri,
                "an https URL"));
    faults.check(
        maxTokenExpiration.isZero()
            || (maxTokenExpiration.compareTo(SHORTEST) >= 0
                && maxTokenExpiration.compareTo(LONGEST) <= 0),
        "--service-account-max-token-expiration",
        maxTokenExpiration,
        "between 1h and 2^32 seconds, or 0 for no limit");
    faults.throwIfAny();
  }
}
