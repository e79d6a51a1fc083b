package dev.sallyport.resources.kinds.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Selectors;
import java.util.Map;

/**
 * The labels and the selector by which a Job knows its pods, made by the server unless the Job says
 * that it brings its own.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector">Specifying
 *     your own Pod selector</a>
 */
final class JobSelector {

  private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
  private static final String NAME_LABEL = "batch.kubernetes.io/job-name";
  private static final String OLD_UID_LABEL = "controller-uid";
  private static final String OLD_NAME_LABEL = "job-name";

  private JobSelector() {}

  /** Adds what is missing; what is there and wrong is left to be refused. */
  static void generate(ObjectNode job) {
    ObjectNode spec = Defaults.object(job, "spec");
    if (spec.path("manualSelector").asBoolean()) {
      return;
    }
    ObjectNode template = Defaults.object(spec, "template");
    ObjectNode labels = Defaults.object(Defaults.object(template, "metadata"), "labels");
    expected(job).forEach((label, value) -> Defaults.text(labels, label, value));
    ObjectNode picked = Defaults.object(Defaults.object(spec, "selector"), "matchLabels");
    Defaults.text(picked, UID_LABEL, uid(job));
  }

  private static Map<String, String> expected(JsonNode job) {
    String name = job.path("metadata").path("name").asText();
    return Map.of(
        UID_LABEL, uid(job), OLD_UID_LABEL, uid(job), NAME_LABEL, name, OLD_NAME_LABEL, name);
  }

  private static String uid(JsonNode job) {
    return job.path("metadata").path("uid").asText();
  }

  /** Checks that a generated selector is as it was generated. */
  static void check(Field job) {
    Field spec = job.at("spec");
    if (spec.at("manualSelector").isTrue() || !spec.at("selector").present()) {
      return;
    }
    Map<String, String> expected = expected(job.node());
    Field labels = spec.at("template", "metadata", "labels");
    for (String label : new String[] {OLD_UID_LABEL, UID_LABEL, OLD_NAME_LABEL, NAME_LABEL}) {
      label(labels, label, expected.getOrDefault(label, ""));
    }
    if (!Selectors.matches(spec.at("selector").node(), uidLabels(job))) {
      spec.at("selector").invalid("`selector` not auto-generated");
    }
  }

  private static ObjectNode uidLabels(Field job) {
    ObjectNode labels = ((ObjectNode) job.node()).objectNode();
    return labels.put(OLD_UID_LABEL, uid(job.node())).put(UID_LABEL, uid(job.node()));
  }

  private static void label(Field labels, String label, String value) {
    Field there = labels.entry(label);
    String fault = "must be '" + value + "'";
    if (!there.present()) {
      there.required(fault);
    } else if (!there.text().equals(value)) {
      labels.faults().invalid(there.path(), labels.node(), fault);
    }
  }
}
