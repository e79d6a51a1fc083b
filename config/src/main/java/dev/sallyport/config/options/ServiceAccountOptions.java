package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.ARRAY;
import static dev.sallyport.config.flags.ValueType.DURATION;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.SWITCH;
import static dev.sallyport.config.flags.ValueType.URL;

import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.Faults;
import dev.sallyport.config.ServiceAccountConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Service-account tokens; a part of the authentication flags. */
final class ServiceAccountOptions {
  /** What tokens say when nobody names an issuer: the name the API has inside a cluster. */
  private static final String ISSUER = "https://kubernetes.default.svc";

  private final Flag<List<String>> issuers;
  private final Flag<List<String>> keyFiles;
  private final Flag<Optional<Path>> signingKey;
  private final Flag<Duration> maxTokenExpiration;
  private final Flag<Boolean> lookup;
  private final Flag<Optional<URI>> keySet;
  private final Flag<Boolean> extendTokenExpiration;

  ServiceAccountOptions(FlagSection section) {
    issuers =
        section.flag(
            "service-account-issuer",
            ARRAY,
            ISSUER,
            "The issuer of service-account tokens. Repeated: the first goes into new tokens, all"
                + " are accepted.");
    keyFiles =
        section.flag(
            "service-account-key-file",
            ARRAY,
            "",
            "PEM file with keys that verify service-account tokens. May be repeated. Default: the"
                + " signing key.");
    signingKey =
        section.flag(
            "service-account-signing-key-file",
            FILE,
            "",
            "PEM file with the private key that signs service-account tokens. Without it the first"
                + " start makes one.");
    maxTokenExpiration =
        section.flag(
            "service-account-max-token-expiration",
            DURATION,
            "0s",
            "The longest life of a token, whatever is asked for; 0 for no limit.");
    keySet =
        section.flag(
            "service-account-jwks-uri",
            URL,
            "",
            "The https URL of the key set that /.well-known/openid-configuration names, where"
                + " others reach it by another address. Default: this server's /openid/v1/jwks.");
    lookup =
        section.flag(
            "service-account-lookup",
            SWITCH,
            "true",
            "Whether the account and the secret of a legacy token must still exist; those of other"
                + " tokens must in any case.");
    extendTokenExpiration =
        section.flag(
            "service-account-extend-token-expiration",
            SWITCH,
            "true",
            "Whether tokens that pods ask for live a year instead of an hour.");
  }

  /** Whether no key is given, so that one has to be made. */
  boolean makesKey() {
    return !signingKey.isSet() && !keyFiles.isSet();
  }

  /** The issuers that are this server's own. */
  List<String> issuers() {
    return issuers.read(new Faults());
  }

  ServiceAccountConfig toConfig(BootstrapConfig bootstrap, Faults faults) {
    Path key = signingKey(bootstrap, faults);
    return new ServiceAccountConfig(
        issuers.read(faults),
        keys(bootstrap, key, faults),
        key,
        keySet.read(faults),
        maxTokenExpiration.read(faults),
        lookup.read(faults),
        extendTokenExpiration.read(faults));
  }

  void checkFiles(GivenFiles files) {
    files.signingKey(signingKey);
    for (String file : keyFiles.read(new Faults())) {
      files.verifyingKey(keyFiles, Path.of(file));
    }
  }

  private Path signingKey(BootstrapConfig bootstrap, Faults faults) {
    Optional<Path> given = signingKey.read(faults);
    if (given.isEmpty() && !makesKey()) {
      faults.add(signingKey.label(), "", "the private key that goes with the key files given");
    }
    return given.orElseGet(bootstrap::serviceAccountKeyFile);
  }

  private List<Path> keys(BootstrapConfig bootstrap, Path signing, Faults faults) {
    if (keyFiles.isSet()) {
      return keyFiles.read(faults).stream().map(Path::of).toList();
    }
    return List.of(makesKey() ? bootstrap.serviceAccountPublicKeyFile() : signing);
  }
}
