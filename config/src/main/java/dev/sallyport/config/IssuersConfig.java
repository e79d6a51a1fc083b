package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Issuers outside this server whose tokens are a way in.
 *
 * @param oidc the issuer that flags name
 * @param file the AuthenticationConfiguration; empty if flags say everything
 * @param anonymousByFlag whether {@code --anonymous-auth} was given, so that the file may not speak
 *     of anonymous requests too
 * @param systemNames users and groups of the prefix {@code system:} that such tokens may name
 */
public record IssuersConfig(
    Optional<OidcConfig> oidc,
    Optional<Path> file,
    boolean anonymousByFlag,
    List<String> systemNames) {

  /** None. */
  public static final IssuersConfig NONE =
      new IssuersConfig(Optional.empty(), Optional.empty(), false, List.of());

  public IssuersConfig {
    systemNames = List.copyOf(systemNames);
    Faults faults = new Faults();
    for (String name : systemNames) {
      faults.check(
          name.startsWith("system:"),
          "--allowed-system-names",
          name,
          "the whole name of a user or group that begins with system:");
    }
    faults.throwIfAny();
  }
}
