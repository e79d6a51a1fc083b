package dev.sallyport.resources.kinds.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.validation.Faults;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The conditions of a CertificateSigningRequest: a verdict (Approved or Denied) and a failure stay
 * once they are there, and a verdict is only given through the approval.
 */
final class RequestConditions {

  private static final String FIELD = "status.conditions";
  private static final String APPROVED = "Approved";
  private static final String DENIED = "Denied";
  private static final List<String> VERDICTS = List.of(APPROVED, DENIED);
  private static final List<String> LASTING = List.of(APPROVED, DENIED, "Failed");

  private RequestConditions() {}

  private static JsonNode conditions(ObjectNode object) {
    return object.path("status").path("conditions");
  }

  /**
   * Puts verdicts back as they were, so that a signer that writes an older copy's does not fail.
   * Where one was added or is missing nothing is put back: that is refused later.
   */
  static void keepVerdict(ObjectNode object, ObjectNode old) {
    if (!(conditions(object) instanceof ArrayNode now)) {
      return;
    }
    for (String type : VERDICTS) {
      List<Integer> there = indices(now, type);
      List<Integer> before = indices(conditions(old), type);
      for (int i = 0; there.size() == before.size() && i < there.size(); i++) {
        now.set(there.get(i), conditions(old).get(before.get(i)).deepCopy());
      }
    }
  }

  /** Fills in times that the writer left out. */
  static void stamp(ObjectNode object, ObjectNode old, Instant now) {
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    for (JsonNode each : conditions(object)) {
      ObjectNode condition = (ObjectNode) each;
      if (missing(condition, "lastUpdateTime")) {
        condition.put("lastUpdateTime", time);
      }
      if (missing(condition, "lastTransitionTime")) {
        condition.put("lastTransitionTime", transition(condition, old, time));
      }
    }
  }

  private static boolean missing(JsonNode condition, String member) {
    return condition.path(member).asText("").isEmpty() || condition.path(member).isNull();
  }

  private static String transition(JsonNode condition, ObjectNode old, String now) {
    for (JsonNode before : conditions(old)) {
      if (before.path("type").equals(condition.path("type"))
          && before.path("status").equals(condition.path("status"))
          && !missing(before, "lastTransitionTime")) {
        return before.path("lastTransitionTime").asText();
      }
    }
    return now;
  }

  static void check(ObjectNode object, Faults faults) {
    JsonNode conditions = conditions(object);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      String field = FIELD + "[" + i + "]";
      String type = conditions.get(i).path("type").asText();
      if (type.isEmpty()) {
        faults.required(field + ".type", "");
      }
      status(type, conditions.get(i).path("status").asText(), field + ".status", faults);
      if (type.equals(APPROVED) && seen.contains(DENIED)
          || type.equals(DENIED) && seen.contains(APPROVED)) {
        faults.invalid(
            field + ".type", type, "Approved and Denied conditions are mutually exclusive");
      }
      if (!seen.add(type)) {
        faults.duplicate(field + ".type", type);
      }
    }
  }

  private static void status(String type, String status, String field, Faults faults) {
    String[] allowed =
        LASTING.contains(type) ? new String[] {"True"} : new String[] {"False", "True", "Unknown"};
    if (status.isEmpty()) {
      faults.required(field, "");
    } else if (!List.of(allowed).contains(status)) {
      faults.unsupported(field, status, allowed);
    }
  }

  /**
   * @param verdict whether this update may add a verdict or change one
   */
  static void checkChange(ObjectNode object, ObjectNode old, boolean verdict, Faults faults) {
    for (String type : LASTING) {
      if (indices(conditions(object), type).size() < indices(conditions(old), type).size()) {
        faults.forbidden(FIELD, "updates may not remove a condition of type \"" + type + "\"");
      }
    }
    if (verdict) {
      return;
    }
    for (String type : VERDICTS) {
      int now = indices(conditions(object), type).size();
      int before = indices(conditions(old), type).size();
      if (now > before) {
        faults.forbidden(FIELD, "updates may not add a condition of type \"" + type + "\"");
      }
    }
  }

  private static List<Integer> indices(JsonNode conditions, String type) {
    List<Integer> found = new ArrayList<>(1);
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).path("type").asText().equals(type)) {
        found.add(i);
      }
    }
    return found;
  }
}
