package dev.sallyport.resources.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** The status that a definition should have. The objects given stay as they are. */
public final class DefinitionStatus {

  private DefinitionStatus() {}

  /**
   * With its names, if it may have them.
   *
   * @param group all definitions of its group
   * @param builtIn whether that group is built in: its names are never given away
   * @param now the time as objects carry it
   */
  public static ObjectNode named(
      ObjectNode definition, Collection<Definition> group, boolean builtIn, String now) {
    ObjectNode next = definition.deepCopy();
    String own = next.path("spec").path("group").asText();
    new NamesReview(next.path("metadata").path("name").asText(), group)
        .reserving(builtIn ? own : "")
        .judge(next, now);
    if (ApprovalPolicy.isProtected(own)) {
      ApprovalPolicy.State approval = ApprovalPolicy.of(next);
      Conditions.set(
          next,
          Conditions.APPROVED,
          approval.conformant(),
          approval.reason(),
          approval.message(),
          now);
    }
    return next;
  }

  /** While its objects are being deleted. */
  public static ObjectNode cleaning(ObjectNode definition, String now) {
    ObjectNode next = definition.deepCopy();
    Conditions.set(
        next,
        Conditions.TERMINATING,
        true,
        "InstanceDeletionInProgress",
        "CustomResource deletion is in progress",
        now);
    return next;
  }

  /** Once its objects are gone: nothing of ours holds it any more. */
  public static ObjectNode released(ObjectNode definition) {
    ObjectNode next = definition.deepCopy();
    ObjectNode metadata = next.withObjectProperty("metadata");
    ArrayNode kept = next.arrayNode();
    for (JsonNode finalizer : metadata.path("finalizers")) {
      if (!finalizer.asText().equals(DefinitionStrategy.CLEANUP)) {
        kept.add(finalizer);
      }
    }
    metadata.set("finalizers", kept);
    return next;
  }
}
