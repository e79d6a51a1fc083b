package dev.sallyport.resources.kinds.pod;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The containers of a pod, of all three sorts. For one specification. */
final class ContainerRules {

  private static final String NOT_IN_INIT =
      "may not be set for init containers without restartPolicy=Always";
  private static final String NOT_EPHEMERAL = "cannot be set for an Ephemeral Container";

  /** What an ephemeral container has no use for: nobody may depend on it. */
  private static final String[] LASTING = {
    "ports",
    "resources",
    "resizePolicy",
    "restartPolicy",
    "livenessProbe",
    "readinessProbe",
    "startupProbe",
    "lifecycle"
  };

  private final Field spec;
  private final Map<String, JsonNode> volumes;
  private final long grace;
  private final Set<String> names = new HashSet<>();

  ContainerRules(Field spec, Map<String, JsonNode> volumes) {
    this.spec = spec;
    this.volumes = volumes;
    this.grace = spec.at("terminationGracePeriodSeconds").number();
  }

  void check() {
    Field regular = spec.at("containers");
    if (regular.given()) {
      regular.each(this::regular);
      Set<String> ports = new HashSet<>();
      regular.each(container -> hostPorts(container, container, ports));
    }
    spec.at("initContainers").each(this::init);
    Set<String> lasting = Set.copyOf(names);
    spec.at("ephemeralContainers").each(container -> ephemeral(container, lasting));
  }

  private void regular(Field container) {
    common(container);
    unique(container.at("name"));
    HandlerRules.all(container, grace);
    restartPolicy(container, "Always", "Never", "OnFailure");
  }

  private void restartPolicy(Field container, String... policies) {
    container.at("restartPolicy").oneOfIfSet(policies);
    Field rules = container.at("restartPolicyRules");
    if (!rules.isEmpty() && container.at("restartPolicy").isEmpty()) {
      container
          .at("restartPolicy")
          .required("must specify restartPolicy when restart rules are used");
    }
  }

  private void init(Field container) {
    common(container);
    restartPolicy(container, "Always", "Never", "OnFailure");
    unique(container.at("name"));
    hostPorts(container, spec.at("initContainers").item(0), new HashSet<>());
    if (container.at("restartPolicy").text().equals("Always")) {
      HandlerRules.all(container, grace);
      return;
    }
    for (String member :
        new String[] {"lifecycle", "livenessProbe", "readinessProbe", "startupProbe"}) {
      if (container.at(member).present()) {
        container.at(member).forbidden(NOT_IN_INIT);
      }
    }
  }

  private void ephemeral(Field container, Set<String> lasting) {
    common(container);
    untrimmedImage(container);
    unique(container.at("name"));
    Field target = container.at("targetContainerName");
    if (!target.isEmpty() && !lasting.contains(target.text())) {
      target.notFound();
    }
    for (String member : LASTING) {
      if (!container.at(member).isEmpty()) {
        container.at(member).forbidden(NOT_EPHEMERAL);
      }
    }
    container
        .at("volumeMounts")
        .each(
            mount -> {
              for (String part : new String[] {"subPath", "subPathExpr"}) {
                if (!mount.at(part).isEmpty()) {
                  mount.at(part).forbidden(NOT_EPHEMERAL);
                }
              }
            });
  }

  private void unique(Field name) {
    if (!names.add(name.text())) {
      name.duplicate();
    }
  }

  /** What is checked of a pod and not of a template, where the blank may stand for something. */
  static void untrimmedImage(Field container) {
    Field image = container.at("image");
    if (!image.text().equals(image.text().strip())) {
      image.invalid("must not have leading or trailing whitespace");
    }
  }

  private void common(Field container) {
    container.at("name").givenAndIs(Names::label);
    container.at("image").given();
    container.at("terminationMessagePolicy").oneOf("File", "FallbackToLogsOnError");
    ports(container.at("ports"));
    EnvironmentRules.variables(container.at("env"));
    EnvironmentRules.sources(container.at("envFrom"));
    MountRules.check(container, volumes);
    container.at("imagePullPolicy").oneOf("Always", "IfNotPresent", "Never");
    ResourceRules.container(container.at("resources"));
    claims(container.at("resources", "claims"));
    resizePolicy(container.at("resizePolicy"));
    Field hostUsers = spec.at("hostUsers");
    SecurityRules.container(
        container.at("securityContext"), !hostUsers.present() || hostUsers.isTrue());
  }

  private static void ports(Field ports) {
    Set<String> names = new HashSet<>();
    ports.each(
        port -> {
          Field name = port.at("name");
          if (!name.isEmpty() && name.is(Names::portName) && !names.add(name.text())) {
            name.duplicate();
          }
          Field number = port.at("containerPort");
          if (number.number() == 0) {
            number.required("");
          } else {
            number.port();
          }
          if (port.at("hostPort").number() != 0) {
            port.at("hostPort").port();
          }
          port.at("protocol").oneOf("SCTP", "TCP", "UDP");
        });
  }

  /**
   * @param shown the container that the faults name
   */
  private static void hostPorts(Field container, Field shown, Set<String> taken) {
    Field ports = container.at("ports");
    for (int i = 0; i < ports.size(); i++) {
      Field port = ports.item(i);
      if (port.at("hostPort").number() == 0) {
        continue;
      }
      String place =
          port.at("protocol").text()
              + "/"
              + port.at("hostIP").text()
              + "/"
              + port.at("hostPort").number();
      if (!taken.add(place)) {
        shown.faults().duplicate(shown.at("ports").item(i).at("hostPort").path(), place);
      }
    }
  }

  private void claims(Field claims) {
    Set<String> claimed = new HashSet<>();
    claims.each(
        claim -> {
          Field name = claim.at("name");
          if (!name.given()) {
            return;
          }
          if (!claimed.add(name.text() + "/" + claim.at("request").text())) {
            name.duplicate();
          }
          boolean known = false;
          for (JsonNode one : spec.at("resourceClaims").node()) {
            known |= one.path("name").asText().equals(name.text());
          }
          if (!known) {
            claim.faults().notFound(claim.path(), name.text());
          }
        });
  }

  private void resizePolicy(Field policies) {
    boolean once = spec.at("restartPolicy").text().equals("Never");
    Set<String> seen = new HashSet<>();
    policies.each(
        policy -> {
          String resource = policy.at("resourceName").text();
          String restart = policy.at("restartPolicy").text();
          if (!seen.add(resource)) {
            policy.faults().duplicate(policy.path(), resource);
          }
          policies.with(policy.at("resourceName").node()).oneOf("cpu", "memory");
          policies.with(policy.at("restartPolicy").node()).oneOf("NotRequired", "RestartContainer");
          if (once && !restart.equals("NotRequired")) {
            policies.invalid(restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
          }
        });
  }
}
