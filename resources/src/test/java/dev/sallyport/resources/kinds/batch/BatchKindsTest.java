package dev.sallyport.resources.kinds.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.KindFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchKindsTest {

  private final KindFixture kinds = new KindFixture();

  @AfterEach
  void close() {
    kinds.close();
  }

  private static String job(String more) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: pi}
        spec:
          template:
            metadata: {labels: {app: pi}}
            spec:
              containers: [{name: pi, image: perl}]
              restartPolicy: Never
        """
        + (more.isEmpty() ? "" : "  " + more + "\n");
  }

  private static String cronJob(String more) {
    return """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly}
        spec:
          jobTemplate:
            spec:
              template:
                spec:
                  containers: [{name: c, image: i}]
                  restartPolicy: OnFailure
        """
        + "  "
        + more
        + "\n";
  }

  @Test
  void jobGetsItsDefaultsAndItsSelector() {
    ObjectNode made = kinds.create(job(""));
    JsonNode spec = made.path("spec");
    assertEquals(1, spec.path("completions").asInt());
    assertEquals(1, spec.path("parallelism").asInt());
    assertEquals(6, spec.path("backoffLimit").asInt());
    assertEquals("NonIndexed", spec.path("completionMode").asText());
    assertEquals("TerminatingOrFailed", spec.path("podReplacementPolicy").asText());
    assertTrue(spec.path("suspend").isBoolean());
    String uid = made.path("metadata").path("uid").asText();
    assertEquals(
        "{\"matchLabels\":{\"batch.kubernetes.io/controller-uid\":\"" + uid + "\"}}",
        spec.path("selector").toString());
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    assertEquals("pi", labels.path("job-name").asText());
    assertEquals("pi", labels.path("batch.kubernetes.io/job-name").asText());
    assertEquals(uid, labels.path("controller-uid").asText());
    assertEquals("pi", labels.path("app").asText());
    assertEquals("{\"app\":\"pi\"}", made.path("metadata").path("labels").toString());
  }

  @Test
  void parallelismAloneLeavesCompletionsOpen() {
    JsonNode spec = kinds.create(job("parallelism: 3")).path("spec");
    assertTrue(spec.path("completions").isMissingNode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "completionMode: Odd | spec.completionMode: Unsupported value: \"Odd\": supported values: \"NonIndexed\", \"Indexed\"",
        "{}completionMode: Indexed, parallelism: 2 | spec.completions: Required value: when completion mode is Indexed",
        "backoffLimitPerIndex: 1 | spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode",
        "ttlSecondsAfterFinished: -1 | spec.ttlSecondsAfterFinished: Invalid value: -1: must be greater than or equal to 0",
        "podFailurePolicy: {rules: [{action: Ignore}]} | spec.podFailurePolicy.rules[0]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required",
        "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {operator: In, values: [2, 1]}}]} | spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [2,1]: must be ordered",
        "podFailurePolicy: {rules: [{action: FailJob, onExitCodes: {containerName: x, operator: NotIn, values: [1]}}]} | spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: \"x\": must be one of the container or initContainer names in the pod template",
        "managedBy: me | spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as \"acme.io/foo\")",
      })
  void checksJobs(String fields, String fault) {
    String more = fields.startsWith("{}") ? fields.substring(2).replace(", ", "\n  ") : fields;
    assertEquals(fault, kinds.refused(job(more)));
  }

  @Test
  void jobMustEnd() {
    assertEquals(
        "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"",
        kinds.refused(job("").replace("restartPolicy: Never", "restartPolicy: Always")));
  }

  @Test
  void foreignLabelsAreRefused() {
    String fault = kinds.refused(job("").replace("{app: pi}", "{job-name: other}"));
    assertTrue(
        fault.startsWith("spec.template.metadata.labels[job-name]: Invalid value: {")
            && fault.endsWith("}: must be 'pi'"),
        fault);
  }

  @Test
  void indexedJobsNameMustLeaveRoom() {
    String name = "a".repeat(62);
    String fault =
        kinds.refused(
            job("completionMode: Indexed\n  completions: 3")
                .replace("name: pi}", "name: " + name + "}"));
    assertTrue(
        fault.startsWith(
            "metadata.name: Invalid value: \""
                + name
                + "\": will not able to create pod with invalid DNS label: "
                + name
                + "-2"),
        fault);
  }

  @Test
  void templateStaysUnlessSuspended() {
    kinds.create(job(""));
    String node = "{'spec':{'template':{'spec':{'nodeSelector':{'disk':'ssd'}}}}}";
    assertTrue(
        kinds
            .refusedPatch("batch/v1/jobs/pi", node)
            .matches("(?s)spec.template: Invalid value: \\{.*}: field is immutable"));
    kinds.create(job("suspend: true").replace("name: pi}", "name: later}"));
    ObjectNode moved = kinds.patch("batch/v1/jobs/later", node);
    assertEquals(
        "ssd",
        moved
            .path("spec")
            .path("template")
            .path("spec")
            .path("nodeSelector")
            .path("disk")
            .asText());
    assertTrue(
        kinds
            .refusedPatch(
                "batch/v1/jobs/later",
                "{'spec':{'template':{'spec':{'restartPolicy':'OnFailure'}}}}")
            .startsWith("spec.template: Invalid value: "));
  }

  @Test
  void completionsStayOrFollowParallelism() {
    kinds.create(job(""));
    assertEquals(
        "spec.completions: Invalid value: 2: field is immutable",
        kinds.refusedPatch("batch/v1/jobs/pi", "{'spec':{'completions':2}}"));
    kinds.create(
        job("completionMode: Indexed\n  completions: 3").replace("name: pi}", "name: many}"));
    assertEquals(
        "spec.completions: Invalid value: 5: can only be modified in tandem with spec.parallelism",
        kinds.refusedPatch("batch/v1/jobs/many", "{'spec':{'completions':5}}"));
    ObjectNode grown =
        kinds.patch("batch/v1/jobs/many", "{'spec':{'completions':5,'parallelism':5}}");
    assertEquals(5, grown.path("spec").path("completions").asInt());
  }

  @Test
  void successPolicyNamesIndexes() {
    String indexed = "completionMode: Indexed\n  completions: 5\n  successPolicy: {rules: [%s]}";
    kinds.create(job(indexed.formatted("{succeededIndexes: '0,2-3', succeededCount: 2}")));
    assertEquals(
        "spec.successPolicy.rules[0].succeededCount: Invalid value: 4: must be less than or equal to"
            + " 3 (the number of indexes in the specified succeededIndexes field)",
        kinds.refused(job(indexed.formatted("{succeededIndexes: '0,2-3', succeededCount: 4}"))));
    assertEquals(
        "spec.successPolicy.rules[0].succeededIndexes: Invalid value: \"7\": error parsing"
            + " succeededIndexes: too large index: \"7\"",
        kinds.refused(job(indexed.formatted("{succeededIndexes: '7'}"))));
  }

  @Test
  void deletedJobLeavesItsPodsUnlessToldOtherwise() {
    kinds.create(job(""));
    kinds.delete("batch/v1/jobs/pi");
    assertEquals(
        "[\"orphan\"]",
        kinds.get("batch/v1/jobs/pi").path("metadata").path("finalizers").toString());
  }

  @Test
  void cronJobGetsItsDefaults() {
    JsonNode spec = kinds.create(cronJob("schedule: '@daily'")).path("spec");
    assertEquals("Allow", spec.path("concurrencyPolicy").asText());
    assertEquals(3, spec.path("successfulJobsHistoryLimit").asInt());
    assertEquals(1, spec.path("failedJobsHistoryLimit").asInt());
    assertEquals("false", spec.path("suspend").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/5 * * * *",
        "0 0 1 jan ?",
        "0-30/10,45 8-18 * * MON-FRI",
        "5/15 0 1,15 * *",
        "@hourly",
        "@every 1h30m",
        "@yearly"
      })
  void takesSchedules(String schedule) {
    CronSchedule.check(schedule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "* * * * | expected exactly 5 fields, found 4: [* * * *]",
        "60 * * * * | end of range (60) above maximum (59): 60",
        "* * 0 * * | beginning of range (0) below minimum (1): 0",
        "* * * * 7 | end of range (7) above maximum (6): 7",
        "30-10 * * * * | beginning of range (30) beyond end of range (10): 30-10",
        "*/0 * * * * | step of range should be a positive number: */0",
        "x * * * * | failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax",
        "1-2-3 * * * * | too many hyphens: 1-2-3",
        "1/2/3 * * * * | too many slashes: 1/2/3",
        "@sometimes | unrecognized descriptor: @sometimes",
      })
  void refusesWhatIsNoSchedule(String schedule, String fault) {
    assertEquals(
        "spec.schedule: Invalid value: \"" + schedule + "\": " + fault,
        kinds.refused(cronJob("schedule: '" + schedule + "'")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Europe/Oz | spec.timeZone: Invalid value: \"Europe/Oz\": unknown time zone Europe/Oz",
        "Local | spec.timeZone: Invalid value: \"Local\": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones",
      })
  void checksTimeZones(String zone, String fault) {
    kinds.create(cronJob("schedule: '@daily'\n  timeZone: Europe/Vienna"));
    assertEquals(fault, kinds.refused(cronJob("schedule: '@daily'\n  timeZone: " + zone)));
  }

  @Test
  void zoneDoesNotBelongIntoTheSchedule() {
    assertEquals(
        "spec.schedule: Invalid value: \"TZ=UTC 0 * * * *\": cannot use TZ or CRON_TZ in schedule, use"
            + " timeZone field instead",
        kinds.refused(cronJob("schedule: TZ=UTC 0 * * * *")));
  }

  @Test
  void cronJobsNameMustLeaveRoomForItsJobs() {
    assertEquals(
        "metadata.name: Invalid value: \""
            + "n".repeat(53)
            + "\": must be no more than 52 characters",
        kinds.refused(cronJob("schedule: '@daily'").replace("nightly", "n".repeat(53))));
  }

  @Test
  void jobTemplateBringsNoSelector() {
    assertEquals(
        "spec.jobTemplate.spec.selector: Invalid value: {\"matchLabels\":{\"a\":\"b\"}}: `selector` will"
            + " be auto-generated",
        kinds.refused(
            cronJob("schedule: '@daily'")
                .replace(
                    "    spec:\n      template",
                    "    spec:\n      selector: {matchLabels: {a: b}}\n      template")));
  }
}
