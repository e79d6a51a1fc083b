package dev.sallyport.authz.configuration;

import dev.sallyport.config.AuthorizationMode;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.document.ConfigDocuments;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an AuthorizationConfiguration, strictly: a misspelled field is a fault, and all faults are
 * told together.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/config-api/apiserver-config.v1/#apiserver-config-k8s-io-v1-AuthorizationConfiguration">AuthorizationConfiguration</a>
 */
public final class AuthorizationConfiguration {

  private static final String GROUP = "apiserver.config.k8s.io/";
  private static final Set<String> VERSIONS =
      Set.of(GROUP + "v1", GROUP + "v1beta1", GROUP + "v1alpha1");

  private final ConditionCheck conditions;
  private final Set<String> names = new HashSet<>();
  private final Set<AuthorizationMode> types = EnumSet.noneOf(AuthorizationMode.class);

  private AuthorizationConfiguration(ConditionCheck conditions) {
    this.conditions = conditions;
  }

  /** Looks at one match condition. */
  @FunctionalInterface
  public interface ConditionCheck {
    /** What is wrong with the expression; empty if nothing is. */
    Optional<String> fault(String expression);
  }

  /**
   * @throws InvalidFileException with everything that is wrong with it
   */
  public static List<AuthorizerEntry> read(FileContent file, ConditionCheck conditions)
      throws InvalidFileException {
    List<String> faults = new ArrayList<>();
    List<AuthorizerEntry> entries =
        new AuthorizationConfiguration(conditions).entries(document(file, faults));
    if (!faults.isEmpty()) {
      throw new InvalidFileException(file.file(), faults);
    }
    return entries;
  }

  /** The kubeconfig files that it names, faults or not. */
  public static List<Path> kubeconfigs(FileContent file) throws InvalidFileException {
    List<AuthorizerEntry> entries =
        new AuthorizationConfiguration(expression -> Optional.empty())
            .entries(document(file, new ArrayList<>()));
    return entries.stream()
        .flatMap(entry -> entry.webhook().stream())
        .map(WebhookAuthorizerConfig::kubeconfig)
        .filter(Path::isAbsolute)
        .distinct()
        .toList();
  }

  private static Fields document(FileContent file, List<String> faults)
      throws InvalidFileException {
    List<Fields> documents = ConfigDocuments.read(file, faults);
    if (documents.size() != 1) {
      throw new InvalidFileException(
          file.file(), "holds no AuthorizationConfiguration (expected: one document)");
    }
    return documents.get(0);
  }

  private List<AuthorizerEntry> entries(Fields root) {
    String version = root.text("apiVersion");
    if (!VERSIONS.contains(version)) {
      root.fault("apiVersion", "\"" + version + "\" (expected: " + GROUP + "v1)");
    }
    String kind = root.text("kind");
    if (!kind.equals("AuthorizationConfiguration")) {
      root.fault("kind", "\"" + kind + "\" (expected: AuthorizationConfiguration)");
    }
    List<AuthorizerEntry> entries = new ArrayList<>();
    for (Fields fields : root.objects("authorizers")) {
      entry(fields).ifPresent(entries::add);
    }
    if (entries.isEmpty()) {
      root.fault("authorizers", "names none (expected: at least one)");
    }
    root.finish();
    return entries;
  }

  private Optional<AuthorizerEntry> entry(Fields fields) {
    Optional<AuthorizationMode> type = type(fields);
    String name = name(fields);
    boolean hook = type.filter(AuthorizationMode.WEBHOOK::equals).isPresent();
    boolean given = fields.has("webhook");
    Optional<WebhookAuthorizerConfig> webhook =
        given
            ? new WebhookFields(fields.object("webhook"), conditions).read(name)
            : Optional.empty();
    if (hook && !given) {
      fields.fault("webhook", "missing (expected with type Webhook)");
    } else if (!hook && given) {
      fields.fault("webhook", "is there (expected with type Webhook only)");
    }
    return type.map(known -> new AuthorizerEntry(known, name, hook ? webhook : Optional.empty()));
  }

  private Optional<AuthorizationMode> type(Fields fields) {
    String given = fields.text("type");
    for (AuthorizationMode type : AuthorizationMode.values()) {
      if (type.flagValue().equals(given)) {
        if (!types.add(type) && type != AuthorizationMode.WEBHOOK) {
          fields.fault("type", "\"" + given + "\" a second time (expected: once)");
        }
        return Optional.of(type);
      }
    }
    fields.fault(
        "type", "\"" + given + "\" (expected: Webhook, RBAC, Node, AlwaysAllow or AlwaysDeny)");
    return Optional.empty();
  }

  private String name(Fields fields) {
    String name = fields.text("name");
    if (!DnsName.isSubdomain(name)) {
      fields.fault("name", "\"" + name + "\" (expected: lower-case letters, digits, - and .)");
    } else if (!names.add(name)) {
      fields.fault("name", "\"" + name + "\" a second time (expected: unique names)");
    }
    return name;
  }
}
