package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.FILE;

import dev.sallyport.config.AuthorizationConfig;
import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.Faults;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The second door: may you do this. */
final class AuthorizationOptions {
  final FlagSection section = new FlagSection("Authorization");

  private final Flag<List<AuthorizationMode>> modes =
      section.flag(
          "authorization-mode",
          ValueType.choices(AuthorizationMode.class, AuthorizationMode::flagValue),
          "RBAC",
          "Authorizers in the order in which they are asked: RBAC, AlwaysAllow, AlwaysDeny. Node is"
              + " accepted and has no opinion.");
  private final Flag<Optional<Path>> rbacFile =
      section.flag(
          "rbac-file",
          FILE,
          "",
          "YAML file, or folder of such files, with the roles and bindings to use instead of the"
              + " store's. Read again when it changes.");

  AuthorizationConfig toConfig(Faults faults) {
    return new AuthorizationConfig(modes.read(faults), rbacFile.read(faults));
  }

  void checkFiles(GivenFiles files, FileCheck rbac) {
    files.check(rbacFile, "YAML with RBAC roles and bindings", rbac);
  }

  /** Whether everybody may do everything, so that nobody may be let in without a name. */
  boolean allowsEverything(Faults faults) {
    return modes.read(faults).contains(AuthorizationMode.ALWAYS_ALLOW);
  }

  List<String> warnings(Faults faults) {
    return modes.read(faults).contains(AuthorizationMode.NODE)
        ? List.of("--authorization-mode: Node has no meaning here, it never has an opinion")
        : List.of();
  }
}
