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
import java.util.stream.Stream;

/** The second door: may you do this. */
final class AuthorizationOptions {
  final FlagSection section = new FlagSection("Authorization");

  private final Flag<List<AuthorizationMode>> modes =
      section.flag(
          "authorization-mode",
          ValueType.choices(AuthorizationMode.class, AuthorizationMode::flagValue),
          "RBAC",
          "Authorizers in the order in which they are asked: RBAC, Webhook, AlwaysAllow,"
              + " AlwaysDeny. Node is accepted and has no opinion.");
  private final Flag<Optional<Path>> rbacFile =
      section.flag(
          "rbac-file",
          FILE,
          "",
          "YAML file, or folder of such files, with the roles and bindings to use instead of the"
              + " store's. Read again when it changes.");

  private final Flag<Boolean> filterLists =
      section.flag(
          "filter-lists",
          ValueType.SWITCH,
          "false",
          "Answer a list or watch across namespaces with what the user may list, where it would be"
              + " refused, by all bindings. Without it only bindings with the label"
              + " sallyport.dev/filter-lists: \"true\" show their part.");

  private final Flag<Optional<Path>> file =
      section.flag(
          "authorization-config",
          FILE,
          "",
          "YAML or JSON file with an AuthorizationConfiguration: several authorizers in order,"
              + " webhooks with conditions among them. Takes the place of --authorization-mode and"
              + " --authorization-webhook-*. Read again when it, or a file it names, changes.");
  private final WebhookAuthorizerOptions webhook = new WebhookAuthorizerOptions(section);

  AuthorizationConfig toConfig(Faults faults) {
    Optional<Path> given = file.read(faults);
    if (given.isPresent()) {
      Stream.concat(Stream.of(modes).filter(Flag::isSet), webhook.given())
          .forEach(
              flag ->
                  faults.add(
                      flag.label(), flag.text(), "not together with --authorization-config"));
      return new AuthorizationConfig(
          List.of(AuthorizationMode.RBAC),
          Optional.empty(),
          given,
          rbacFile.read(faults),
          filterLists.read(faults));
    }
    return new AuthorizationConfig(
        modes.read(faults),
        webhook.toConfig(faults),
        Optional.empty(),
        rbacFile.read(faults),
        filterLists.read(faults));
  }

  void checkFiles(GivenFiles files, FileChecks checks) {
    files.check(rbacFile, "YAML with RBAC roles and bindings", checks.rbac());
    files.check(file, "an AuthorizationConfiguration", checks.authorization());
    webhook.checkFiles(files, checks.kubeconfig());
  }

  /** Whether it was said who decides. */
  boolean given() {
    return Stream.concat(Stream.of(modes, rbacFile, file), webhook.given()).anyMatch(Flag::isSet);
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
