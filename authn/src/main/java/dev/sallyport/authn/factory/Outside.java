package dev.sallyport.authn.factory;

import dev.sallyport.authn.anonymous.AnonymousAccess;
import dev.sallyport.authn.configuration.AuthenticationFile;
import dev.sallyport.authn.configuration.ConfigReferences;
import dev.sallyport.authn.configuration.FlagIssuer;
import dev.sallyport.authn.configuration.Surroundings;
import dev.sallyport.authn.token.oidc.Issuer;
import dev.sallyport.authn.token.oidc.Issuers;
import dev.sallyport.authn.token.oidc.SystemNames;
import dev.sallyport.authn.x509.TrustBundle;
import dev.sallyport.config.AuthenticationConfig;
import dev.sallyport.config.IssuersConfig;
import dev.sallyport.config.OidcConfig;
import dev.sallyport.config.reload.Watched;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the first door believes of others, from flags or from a file that is followed.
 *
 * @param issuers the issuers now; empty if none are configured
 * @param anonymous where requests without a credential may go now
 * @param authorities further authorities of client certificates now; empty if there can be none
 * @param tokens whom a file has asked about tokens; empty without a file
 */
record Outside(
    Optional<Issuers> issuers,
    Supplier<AnonymousAccess> anonymous,
    Optional<Supplier<TrustBundle>> authorities,
    Optional<OutsideTokens> tokens) {
  private static final Outside NOBODY =
      new Outside(
          Optional.empty(), () -> AnonymousAccess.EVERYWHERE, Optional.empty(), Optional.empty());

  /** Faults of files are noted there. */
  static Outside open(
      AuthenticationConfig config, WatchedFiles files, Issuers issuers, OutsideTokens tokens) {
    IssuersConfig outside = config.issuers();
    return outside
        .file()
        .map(file -> byFile(config, file, files, issuers, tokens))
        .or(() -> outside.oidc().map(flags -> byFlags(outside, flags, files, issuers)))
        .orElse(NOBODY);
  }

  private static Outside byFile(
      AuthenticationConfig config,
      Path file,
      WatchedFiles files,
      Issuers issuers,
      OutsideTokens tokens) {
    IssuersConfig outside = config.issuers();
    Surroundings surroundings =
        new Surroundings(
            config.serviceAccounts().issuers(), outside.anonymousByFlag(), outside.systemNames());
    @Nullable Watched<AuthenticationFile> watched =
        files.watch(
            "--authentication-config",
            "an AuthenticationConfiguration",
            watcher ->
                watcher.watchFollowing(
                    file,
                    new ConfigReferences(),
                    contents -> AuthenticationFile.parse(contents, surroundings)));
    if (watched == null) {
      return NOBODY; // a fault that is noted: nothing of this is ever asked
    }
    take(watched.current(), issuers, tokens);
    watched.onChange(changed -> take(changed, issuers, tokens));
    return new Outside(
        Optional.of(issuers),
        () -> watched.current().anonymous().orElse(AnonymousAccess.EVERYWHERE),
        Optional.of(() -> watched.current().authorities()),
        Optional.of(tokens));
  }

  private static void take(AuthenticationFile file, Issuers issuers, OutsideTokens tokens) {
    issuers.take(file.issuers(), file.names());
    tokens.take(file);
  }

  private static Outside byFlags(
      IssuersConfig outside, OidcConfig flags, WatchedFiles files, Issuers issuers) {
    SystemNames names = new SystemNames(Set.copyOf(outside.systemNames()));
    @Nullable Watched<Issuer> watched =
        files.watch(
            "--oidc-ca-file",
            flags.caFile().map(List::of).orElse(List.of()),
            "PEM certificates of authorities",
            contents -> FlagIssuer.of(flags, contents));
    if (watched == null) {
      return NOBODY;
    }
    issuers.take(List.of(watched.current()), names);
    watched.onChange(changed -> issuers.take(List.of(changed), names));
    return new Outside(
        Optional.of(issuers), () -> AnonymousAccess.EVERYWHERE, Optional.empty(), Optional.empty());
  }
}
