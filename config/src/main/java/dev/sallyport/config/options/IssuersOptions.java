package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.LIST;

import dev.sallyport.config.Faults;
import dev.sallyport.config.IssuersConfig;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Issuers outside this server, by flags or by a file; a part of the authentication flags. */
final class IssuersOptions {
  private final Flag<Optional<Path>> file;
  private final OidcOptions oidc;
  private final Flag<List<String>> systemNames;

  IssuersOptions(FlagSection section) {
    file =
        section.flag(
            "authentication-config",
            FILE,
            "",
            "AuthenticationConfiguration (apiserver.config.k8s.io/v1): issuers with their rules and"
                + " mappings in CEL, and where anonymous requests may go. In place of --oidc-*. A"
                + " second document in it, SallyportAuthentication (sallyport.dev/v1alpha1), adds"
                + " keys of issuers that cannot be reached, further authorities of client"
                + " certificates, introspection of opaque tokens, and webhooks for tokens of one"
                + " prefix or issuer. Read again when it or a file that it names changes.");
    oidc = new OidcOptions(section);
    systemNames =
        section.flag(
            "allowed-system-names",
            LIST,
            "",
            "Users and groups of the prefix system: that tokens of outside issuers may name. A"
                + " token that names any other is refused.");
  }

  IssuersConfig toConfig(boolean anonymousByFlag, Faults faults) {
    Optional<Path> given = file.read(faults);
    if (given.isPresent()) {
      oidc.given()
          .ifPresent(
              flag ->
                  faults.add(
                      file.label(),
                      given.get(),
                      "either this file or --oidc-* flags, not " + flag));
    }
    return new IssuersConfig(
        oidc.toConfig(faults), given, anonymousByFlag, systemNames.read(faults));
  }

  /** Whether a file says what is believed of others. */
  boolean byFile() {
    return file.read(new Faults()).isPresent();
  }

  /** Whether kube-rbac-proxy's flag names an issuer beside which it asks nobody about tokens. */
  boolean alone() {
    return oidc.plain();
  }

  void checkFiles(GivenFiles files, FileCheck authentication) {
    oidc.checkFiles(files);
    files.check(file, "an AuthenticationConfiguration", authentication);
  }
}
