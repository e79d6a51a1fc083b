package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The volume in which containers find their account's token, the API's certificate authority and
 * their namespace.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-token-volume">Bound
 *     service account token volumes</a>
 */
final class TokenVolume {

  private static final String PREFIX = "kube-api-access-";
  private static final String PLACE = "/var/run/secrets/kubernetes.io/serviceaccount";

  /** Seven seconds beyond the hour tell the token apart from one that somebody asked for. */
  private static final int SECONDS = 3607;

  private static final int FILE_MODE = 420;

  /** Without vowels and what looks like them: no words come of it. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final int RANDOM_LENGTH = 5;

  private TokenVolume() {}

  /** Mounts it wherever a container has nothing at its place. */
  static void mount(ObjectNode spec) {
    String there = existing(spec);
    String name = there.isEmpty() ? PREFIX + random() : there;
    boolean mounted = false;
    for (String list : new String[] {"containers", "initContainers"}) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode found && !hasOwn(found)) {
          mounted = true;
          found
              .withArrayProperty("volumeMounts")
              .addObject()
              .put("name", name)
              .put("readOnly", true)
              .put("mountPath", PLACE);
        }
      }
    }
    if (mounted && there.isEmpty()) {
      add(spec, name);
    }
  }

  private static String existing(ObjectNode spec) {
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.path("name").asText().startsWith(PREFIX)) {
        return volume.path("name").asText();
      }
    }
    return "";
  }

  private static boolean hasOwn(ObjectNode container) {
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount.path("mountPath").asText().equals(PLACE)) {
        return true;
      }
    }
    return false;
  }

  private static String random() {
    StringBuilder letters = new StringBuilder(RANDOM_LENGTH);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      letters.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
    }
    return letters.toString();
  }

  private static void add(ObjectNode spec, String name) {
    ObjectNode projected =
        spec.withArrayProperty("volumes").addObject().put("name", name).putObject("projected");
    projected.put("defaultMode", FILE_MODE);
    var sources = projected.putArray("sources");
    sources
        .addObject()
        .putObject("serviceAccountToken")
        .put("expirationSeconds", SECONDS)
        .put("path", "token");
    ObjectNode root = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
    root.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
    sources
        .addObject()
        .putObject("downwardAPI")
        .putArray("items")
        .addObject()
        .put("path", "namespace")
        .putObject("fieldRef")
        .put("apiVersion", "v1")
        .put("fieldPath", "metadata.namespace");
  }
}
