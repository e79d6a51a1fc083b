package dev.sallyport.resources.kinds.pod;

import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Environment variables, and what they and files may show of their pod. */
final class EnvironmentRules {

  private static final String MORE_THAN_ONE =
      "may not have more than one field specified at a time";

  /** Of the pod, in variables. */
  private static final List<String> IN_VARIABLES =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  /** Of the pod, in files. */
  static final List<String> IN_FILES =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");

  private static final Set<String> KNOWN =
      Set.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.restartPolicy",
          "spec.serviceAccountName",
          "spec.schedulerName",
          "status.phase",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");

  private EnvironmentRules() {}

  static void variables(Field variables) {
    variables.each(
        variable -> {
          variable.at("name").givenAndIs(Names::environmentVariable);
          if (variable.at("valueFrom").present()) {
            source(variable.at("valueFrom"), !variable.at("value").isEmpty());
          }
        });
  }

  private static void source(Field from, boolean valued) {
    Field field = from.at("fieldRef");
    if (field.present()) {
      fieldReference(field, IN_VARIABLES);
    }
    Field resource = from.at("resourceFieldRef");
    if (resource.present()) {
      resourceReference(resource, false);
    }
    for (String kind : new String[] {"configMapKeyRef", "secretKeyRef"}) {
      Field reference = from.at(kind);
      if (reference.present()) {
        reference.at("name").is(Names::subdomain);
        reference.at("key").givenAndIs(Names::configKey);
      }
    }
    int sources = from.size();
    if (sources == 0) {
      from.invalid(
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
              + " `secretKeyRef`");
    } else if (valued) {
      from.invalid("", "may not be specified when `value` is not empty");
    } else if (sources > 1) {
      from.invalid("", MORE_THAN_ONE);
    }
  }

  /** All of a ConfigMap or Secret as variables. */
  static void sources(Field sources) {
    sources.each(
        source -> {
          source.at("prefix").isIfSet(Names::environmentVariable);
          int kinds = 0;
          for (String kind : new String[] {"configMapRef", "secretRef"}) {
            Field reference = source.at(kind);
            if (reference.present()) {
              kinds++;
              reference.at("name").givenAndIs(Names::subdomain);
            }
          }
          if (kinds == 0) {
            sources.invalid("", "must specify one of: `configMapRef` or `secretRef`");
          } else if (kinds > 1) {
            sources.invalid("", MORE_THAN_ONE);
          }
        });
  }

  static void fieldReference(Field reference, List<String> allowed) {
    if (!reference.at("apiVersion").given() || !reference.at("fieldPath").given()) {
      return;
    }
    Field at = reference.at("fieldPath");
    String path = at.text();
    int bracket = path.endsWith("']") ? path.indexOf("['") : -1;
    String base = bracket < 0 ? path : path.substring(0, bracket);
    if (!KNOWN.contains(base) || (bracket >= 0 && !base.startsWith("metadata."))) {
      at.invalid("error converting fieldPath: field label not supported: " + path);
    } else if (bracket >= 0) {
      subscript(reference, base, path.substring(bracket + 2, path.length() - 2));
    } else if (!allowed.contains(path)) {
      at.unsupported(allowed.toArray(new String[0]));
    }
  }

  private static void subscript(Field reference, String base, String key) {
    switch (base) {
      case "metadata.annotations" ->
          reference
              .faults()
              .invalid(reference.path(), key, Names.qualifiedName(key.toLowerCase(Locale.ROOT)));
      case "metadata.labels" ->
          reference.faults().invalid(reference.path(), key, Names.qualifiedName(key));
      default -> reference.invalid(base, "does not support subscript");
    }
  }

  /**
   * @param inFile whether the container must be named
   */
  static void resourceReference(Field reference, boolean inFile) {
    Field resource = reference.at("resource");
    if (inFile && reference.at("containerName").isEmpty()) {
      reference.at("containerName").required("");
    } else if (resource.given()
        && !RESOURCES.contains(resource.text())
        && !resource.text().startsWith("requests.hugepages-")
        && !resource.text().startsWith("limits.hugepages-")) {
      resource.unsupported(RESOURCES.toArray(new String[0]));
    }
    divisor(resource.text(), reference.at("divisor"));
  }

  private static void divisor(String resource, Field divisor) {
    String value = divisor.text();
    if (value.isEmpty() || value.equals("0")) {
      return;
    }
    boolean cpu = resource.endsWith(".cpu");
    boolean fits =
        cpu
            ? value.equals("1m") || value.equals("1")
            : value.equals("1")
                || List.of("1k", "1M", "1G", "1T", "1P", "1E").contains(value)
                || List.of("1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei").contains(value);
    if (!fits) {
      divisor.invalid(
          resource,
          cpu
              ? "only divisor's values 1m and 1 are supported with the cpu resource"
              : "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are"
                  + " supported with the "
                  + called(resource)
                  + " resource");
    }
  }

  private static String called(String resource) {
    String name = resource.substring(resource.indexOf('.') + 1);
    return switch (name) {
      case "memory" -> "memory";
      case "ephemeral-storage" -> "local ephemeral storage";
      default -> "hugepages";
    };
  }
}
