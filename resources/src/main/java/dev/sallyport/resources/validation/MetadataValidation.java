package dev.sallyport.resources.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The rules of metadata that all kinds share.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/">ObjectMeta</a>
 */
public final class MetadataValidation {

  private static final int ANNOTATIONS_SIZE = 256 * 1024;
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");

  private MetadataValidation() {}

  /** Checks the metadata of an object as it is to be stored. */
  public static void check(
      ObjectNode metadata, boolean namespaced, NameRule nameRule, Faults faults) {
    String generateName = metadata.path("generateName").asText();
    if (!generateName.isEmpty()) {
      faults.invalid(
          "metadata.generateName", generateName, nameRule.faults(Names.asPrefix(generateName)));
    }
    String name = metadata.path("name").asText();
    if (name.isEmpty()) {
      faults.required("metadata.name", "name or generateName is required");
    } else {
      faults.invalid("metadata.name", name, nameRule.faults(name));
    }
    checkNamespace(metadata.path("namespace").asText(), namespaced, faults);
    labels(metadata.path("labels"), "metadata.labels", faults);
    annotations(metadata.path("annotations"), "metadata.annotations", faults);
    ownerReferences(metadata.path("ownerReferences"), faults);
    finalizers(metadata.path("finalizers"), faults);
  }

  private static void checkNamespace(String namespace, boolean namespaced, Faults faults) {
    if (!namespaced) {
      if (!namespace.isEmpty()) {
        faults.forbidden("metadata.namespace", "not allowed on this type");
      }
    } else if (namespace.isEmpty()) {
      faults.required("metadata.namespace", "");
    } else {
      faults.invalid("metadata.namespace", namespace, Names.label(namespace));
    }
  }

  public static void labels(JsonNode labels, String field, Faults faults) {
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      faults.invalid(field, label.getKey(), Names.qualifiedName(label.getKey()));
      String value = label.getValue().asText();
      faults.invalid(field, value, Names.labelValue(value));
    }
  }

  public static void annotations(JsonNode annotations, String field, Faults faults) {
    long size = 0;
    for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
      String key = annotation.getKey();
      // Upper case is welcome in the domain of an annotation's key, unlike a label's.
      faults.invalid(field, key, Names.qualifiedName(key.toLowerCase(Locale.ROOT)));
      size += utf8(key) + utf8(annotation.getValue().asText());
    }
    if (size > ANNOTATIONS_SIZE) {
      faults.tooLong(field, ANNOTATIONS_SIZE);
    }
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void ownerReferences(JsonNode references, Faults faults) {
    String field = "metadata.ownerReferences";
    String controller = "";
    for (JsonNode reference : references) {
      String apiVersion = reference.path("apiVersion").asText();
      if (apiVersion.substring(apiVersion.indexOf('/') + 1).isEmpty()) {
        faults.invalid(field + ".apiVersion", apiVersion, "version must not be empty");
      }
      for (String member : new String[] {"kind", "name", "uid"}) {
        if (reference.path(member).asText().isEmpty()) {
          faults.invalid(field + "." + member, "", "must not be empty");
        }
      }
      if (reference.path("controller").asBoolean()) {
        String name = reference.path("name").asText();
        if (!controller.isEmpty()) {
          faults.invalid(
              field,
              references,
              "Only one reference can have Controller set to true. Found \"true\" in references"
                  + " for %s and %s".formatted(controller, name));
        }
        controller = name;
      }
    }
  }

  private static void finalizers(JsonNode finalizers, Faults faults) {
    boolean orphan = false;
    boolean foreground = false;
    for (JsonNode finalizer : finalizers) {
      String name = finalizer.asText();
      faults.invalid("metadata.finalizers", name, Names.qualifiedName(name));
      orphan |= name.equals("orphan");
      foreground |= name.equals("foregroundDeletion");
    }
    if (orphan && foreground) {
      faults.invalid(
          "metadata.finalizers",
          finalizers,
          "finalizer orphan and foregroundDeletion cannot be both set");
    }
  }

  /** Checks that finalizers are standard ones or name whose they are: a rule of most kinds. */
  public static void checkFinalizers(ObjectNode metadata, Faults faults) {
    JsonNode finalizers = metadata.path("finalizers");
    for (int i = 0; i < finalizers.size(); i++) {
      String name = finalizers.get(i).asText();
      if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name)) {
        faults.invalid(
            "metadata.finalizers[" + i + "]",
            name,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }

  /**
   * Checks what must not change between two states. Call {@link #check} for the new state itself.
   */
  public static void checkUpdate(ObjectNode metadata, ObjectNode old, Faults faults) {
    if (old.has("deletionTimestamp")) {
      newFinalizers(metadata.path("finalizers"), old.path("finalizers"), faults);
    }
    unchanged("name", metadata, old, faults);
    unchanged("namespace", metadata, old, faults);
    unchanged("uid", metadata, old, faults);
    unchanged("creationTimestamp", metadata, old, faults);
    unchanged("deletionTimestamp", metadata, old, faults);
    unchanged("deletionGracePeriodSeconds", metadata, old, faults);
  }

  private static void newFinalizers(JsonNode finalizers, JsonNode old, Faults faults) {
    StringBuilder added = new StringBuilder();
    for (JsonNode finalizer : finalizers) {
      boolean known = false;
      for (JsonNode one : old) {
        known |= one.equals(finalizer);
      }
      if (!known) {
        added.append(added.isEmpty() ? "" : ", ").append(Quoted.of(finalizer.asText()));
      }
    }
    if (!added.isEmpty()) {
      faults.forbidden(
          "metadata.finalizers",
          "no new finalizers can be added if the object is being deleted, found new finalizers"
              + " []string{"
              + added
              + "}");
    }
  }

  private static void unchanged(String member, ObjectNode metadata, ObjectNode old, Faults faults) {
    JsonNode now = metadata.path(member);
    if (!now.equals(old.path(member))) {
      faults.invalid("metadata." + member, now.isMissingNode() ? null : now, "field is immutable");
    }
  }
}
