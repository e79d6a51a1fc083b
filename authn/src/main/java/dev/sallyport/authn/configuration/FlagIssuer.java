package dev.sallyport.authn.configuration;

import dev.sallyport.authn.token.oidc.ClaimRule;
import dev.sallyport.authn.token.oidc.Issuer;
import dev.sallyport.authn.token.oidc.KeyOrigin;
import dev.sallyport.authn.token.oidc.Mappings;
import dev.sallyport.authn.token.oidc.UserMapping;
import dev.sallyport.config.OidcConfig;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.pem.Certificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The issuer that the {@code --oidc-*} flags name. */
public final class FlagIssuer {
  private FlagIssuer() {}

  /**
   * The issuer, for use with a file watcher.
   *
   * @param authorities the {@code --oidc-ca-file}, or nothing
   * @throws InvalidFileException when that holds no certificate or a broken one
   */
  public static Issuer of(OidcConfig flags, List<FileContent> authorities)
      throws InvalidFileException {
    List<X509Certificate> trusted = new ArrayList<>();
    for (FileContent file : authorities) {
      trusted.addAll(Certificates.parse(file));
    }
    List<ClaimRule> rules = new ArrayList<>();
    flags
        .requiredClaims()
        .forEach((claim, value) -> rules.add(new ClaimRule.Required(claim, value)));
    return new Issuer(
        flags.issuerUrl(),
        KeyOrigin.Discovered.at(flags.issuerUrl(), trusted),
        Set.of(flags.clientId()),
        Set.copyOf(flags.signingAlgorithms()),
        rules,
        mapping(flags),
        List.of());
  }

  private static UserMapping mapping(OidcConfig flags) {
    return new UserMapping(
        Mappings.username(flags.usernameClaim(), flags.usernamePrefix()),
        flags.groupsClaim().isEmpty()
            ? Mappings.always(List.of())
            : Mappings.groups(flags.groupsClaim(), flags.groupsPrefix()),
        Mappings.always(""),
        Map.of());
  }
}
