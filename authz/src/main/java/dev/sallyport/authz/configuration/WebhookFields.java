package dev.sallyport.authz.configuration;

import dev.sallyport.authz.configuration.AuthorizationConfiguration.ConditionCheck;
import dev.sallyport.config.ReviewVersion;
import dev.sallyport.config.WebhookAuthorizerConfig;
import dev.sallyport.config.document.Fields;
import dev.sallyport.config.flags.GoDuration;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The {@code webhook} section of an authorizer. */
final class WebhookFields {

  private static final Duration AUTHORIZED = Duration.ofMinutes(5);
  private static final Duration UNAUTHORIZED = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_CONDITIONS = 64;

  private final Fields fields;
  private final ConditionCheck check;

  WebhookFields(Fields fields, ConditionCheck check) {
    this.fields = fields;
    this.check = check;
  }

  /** Empty if it has no file to go by; other faults are noted beside it. */
  Optional<WebhookAuthorizerConfig> read(String name) {
    Duration authorized = ttl("authorizedTTL", "cacheAuthorizedRequests", AUTHORIZED);
    Duration unauthorized = ttl("unauthorizedTTL", "cacheUnauthorizedRequests", UNAUTHORIZED);
    Duration timeout = timeout();
    ReviewVersion version = version();
    List<String> conditions = conditions();
    boolean denies = failureDenies();
    return kubeconfig()
        .map(
            file ->
                new WebhookAuthorizerConfig(
                    name, file, version, authorized, unauthorized, timeout, denies, conditions));
  }

  private Duration ttl(String field, String cached, Duration otherwise) {
    Duration given = duration(field).filter(ttl -> !ttl.isZero()).orElse(otherwise);
    if (given.isNegative()) {
      fields.fault(field, "is negative (expected: a time above zero)");
    }
    return fields.bool(cached).orElse(true) ? given : Duration.ZERO;
  }

  private Duration timeout() {
    Optional<Duration> given = duration("timeout");
    boolean good =
        given
            .filter(time -> !time.isNegative() && !time.isZero() && time.compareTo(LONGEST) <= 0)
            .isPresent();
    if (!good) {
      fields.fault("timeout", "missing or out of range (expected: above zero, at most 30s)");
    }
    return good ? given.orElse(LONGEST) : LONGEST;
  }

  private Optional<Duration> duration(String field) {
    Optional<String> text = fields.optionalText(field);
    try {
      return text.map(GoDuration::parse);
    } catch (IllegalArgumentException e) {
      fields.fault(field, "is no time such as 30s or 5m");
      return Optional.empty();
    }
  }

  private ReviewVersion version() {
    String given = fields.text("subjectAccessReviewVersion");
    for (ReviewVersion version : ReviewVersion.values()) {
      if (version.flagValue().equals(given)) {
        return version;
      }
    }
    fields.fault("subjectAccessReviewVersion", "\"" + given + "\" (expected: v1 or v1beta1)");
    return ReviewVersion.V1;
  }

  private boolean failureDenies() {
    String given = fields.text("failurePolicy");
    if (!given.equals("Deny") && !given.equals("NoOpinion")) {
      fields.fault("failurePolicy", "\"" + given + "\" (expected: NoOpinion or Deny)");
    }
    return !given.equals("NoOpinion");
  }

  private List<String> conditions() {
    List<String> expressions = new ArrayList<>();
    for (Fields condition : fields.objects("matchConditions")) {
      String expression = condition.text("expression");
      if (expression.isBlank()) {
        condition.fault("expression", "missing");
      } else if (expressions.contains(expression)) {
        condition.fault("expression", "stands there a second time");
      } else {
        check.fault(expression).ifPresent(fault -> condition.fault("expression", fault));
      }
      expressions.add(expression);
    }
    String version = fields.text("matchConditionSubjectAccessReviewVersion");
    boolean needed = !expressions.isEmpty();
    if (needed ? !version.equals("v1") : !version.isEmpty() && !version.equals("v1")) {
      fields.fault(
          "matchConditionSubjectAccessReviewVersion", "\"" + version + "\" (expected: v1)");
    }
    if (expressions.size() > MOST_CONDITIONS) {
      fields.fault("matchConditions", "are more than " + MOST_CONDITIONS);
    }
    return expressions;
  }

  private Optional<Path> kubeconfig() {
    Fields connection = fields.object("connectionInfo");
    String type = connection.text("type");
    String file = connection.text("kubeConfigFile");
    if (type.equals("InClusterConfig")) {
      connection.fault("type", "InClusterConfig is not supported here (expected: KubeConfigFile)");
    } else if (!type.equals("KubeConfigFile")) {
      connection.fault("type", "\"" + type + "\" (expected: KubeConfigFile)");
    } else if (!absolute(file)) {
      connection.fault("kubeConfigFile", "\"" + file + "\" (expected: an absolute file name)");
    } else {
      return Optional.of(Path.of(file));
    }
    return Optional.empty();
  }

  private static boolean absolute(String file) {
    try {
      return Path.of(file).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
