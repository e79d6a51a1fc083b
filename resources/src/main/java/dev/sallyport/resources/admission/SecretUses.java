package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.resources.registry.Admission.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The Secrets that a pod names, and whether its account names them too. */
final class SecretUses {

  private static final String UNREFERENCED =
      "%s=\"%s\" is not allowed because service account %s does not reference that %s";

  private SecretUses() {}

  /** One use: where it is, and of which Secret. */
  record Use(String where, String secret) {}

  static List<Use> of(JsonNode spec) {
    List<Use> uses = new ArrayList<>();
    for (JsonNode volume : spec.path("volumes")) {
      String name = volume.path("secret").path("secretName").asText();
      if (!name.isEmpty()) {
        uses.add(new Use("volume with secret.secretName", name));
      }
    }
    for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      String kind = list.equals("containers") ? "container" : list.substring(0, list.length() - 1);
      for (JsonNode container : spec.path(list)) {
        variables(kind, container, uses);
      }
    }
    return uses;
  }

  private static void variables(String kind, JsonNode container, List<Use> uses) {
    String of = kind + " " + container.path("name").asText();
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("valueFrom").path("secretKeyRef").path("name").asText();
      if (!name.isEmpty()) {
        String where =
            of
                + " with envVar "
                + variable.path("name").asText()
                + " referencing secret.secretName";
        uses.add(new Use(where, name));
      }
    }
    for (JsonNode source : container.path("envFrom")) {
      String name = source.path("secretRef").path("name").asText();
      if (!name.isEmpty()) {
        uses.add(new Use(of + " with envFrom referencing secret.secretName", name));
      }
    }
  }

  /** Refuses a pod that uses more than its account lists. */
  static void check(Request request, JsonNode spec, JsonNode account) {
    String accountName = account.path("metadata").path("name").asText();
    Set<String> mountable = names(account.path("secrets"));
    for (Use use : of(spec)) {
      if (!mountable.contains(use.secret())) {
        throw PodAdmission.forbidden(
            request, UNREFERENCED.formatted(use.where(), use.secret(), accountName, "secret"));
      }
    }
    Set<String> pulls = names(account.path("imagePullSecrets"));
    for (JsonNode secret : spec.path("imagePullSecrets")) {
      String name = secret.path("name").asText();
      if (!pulls.contains(name)) {
        throw PodAdmission.forbidden(
            request,
            UNREFERENCED.formatted("imagePullSecret", name, accountName, "imagePullSecret"));
      }
    }
  }

  private static Set<String> names(JsonNode references) {
    Set<String> names = new HashSet<>();
    references.forEach(reference -> names.add(reference.path("name").asText()));
    return names;
  }
}
