package dev.sallyport.resources.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.Answer;
import dev.sallyport.resources.registry.Admission;

/**
 * A pod stays for a while on a node that is not ready or out of reach, unless it says otherwise
 * itself.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#defaulttolerationseconds">DefaultTolerationSeconds</a>
 */
public final class DefaultTolerations implements Admission {

  private static final long SECONDS = 300;
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  @Override
  public Answer<Request> admit(Request request) {
    ObjectNode pod = request.object();
    if (pod != null && PodAdmission.isPod(request)) {
      ObjectNode spec = pod.withObjectProperty("spec");
      // Both are looked for before either is added.
      boolean ready = tolerates(spec, NOT_READY);
      boolean reachable = tolerates(spec, UNREACHABLE);
      if (!ready) {
        add(spec, NOT_READY);
      }
      if (!reachable) {
        add(spec, UNREACHABLE);
      }
    }
    return Answer.now(request);
  }

  private static boolean tolerates(ObjectNode spec, String taint) {
    for (JsonNode toleration : spec.path("tolerations")) {
      String key = toleration.path("key").asText();
      String effect = toleration.path("effect").asText();
      if ((key.isEmpty() || key.equals(taint))
          && (effect.isEmpty() || effect.equals("NoExecute"))) {
        return true;
      }
    }
    return false;
  }

  private static void add(ObjectNode spec, String taint) {
    spec.withArrayProperty("tolerations")
        .addObject()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", SECONDS);
  }
}
