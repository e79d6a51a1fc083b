package dev.sallyport.resources.kinds.batch;

import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Field;
import dev.sallyport.resources.validation.Names;

/** What a Job's specification must be, in a Job and in a CronJob's template alike. */
final class JobRules {

  private static final int MOST_INDEXES_IN_PARALLEL = 100_000;
  private static final int MANY_COMPLETIONS = 100_000;
  private static final int MOST_FAILED_OF_MANY = 10_000;
  private static final String PER_INDEX = "backoffLimitPerIndex";
  private static final String FAILED_INDEXES = "maxFailedIndexes";
  private static final String NEEDS_INDEXES = "requires indexed completion mode";

  private JobRules() {}

  static void check(Field spec) {
    spec.nonNegative(
        "parallelism",
        "completions",
        "activeDeadlineSeconds",
        "backoffLimit",
        "ttlSecondsAfterFinished",
        PER_INDEX,
        FAILED_INDEXES);
    failedIndexes(spec);
    Field managedBy = spec.at("managedBy");
    if (managedBy.present()) {
      managedBy.is(Names::domainPrefixedPath);
      managedBy.noLongerThan(63);
    }
    Field mode = spec.at("completionMode");
    if (mode.present() && !mode.says("NonIndexed") && !mode.says("Indexed")) {
      mode.unsupported("NonIndexed", "Indexed");
    }
    if (mode.says("Indexed")) {
      indexed(spec);
    } else {
      notIndexed(spec);
    }
    PodFailurePolicy.check(spec);
    if (spec.at("successPolicy").present()) {
      SuccessPolicy.check(spec, mode.says("Indexed"));
    }
    replacement(spec);
    PodTemplates.validate(spec.at("template"));
    restarts(spec);
  }

  private static void failedIndexes(Field spec) {
    Field failed = spec.at(FAILED_INDEXES);
    if (!failed.present()) {
      return;
    }
    if (!spec.at(PER_INDEX).present()) {
      spec.at(PER_INDEX).required("when maxFailedIndexes is specified");
    }
  }

  private static void indexed(Field spec) {
    Field completions = spec.at("completions");
    Field parallelism = spec.at("parallelism");
    if (!completions.present()) {
      completions.required("when completion mode is Indexed");
    }
    if (parallelism.number() > MOST_INDEXES_IN_PARALLEL) {
      parallelism.invalid("must be less than or equal to 100000 when completion mode is Indexed");
    }
    Field failed = spec.at(FAILED_INDEXES);
    if (completions.present() && failed.number() > completions.number()) {
      failed.invalid("must be less than or equal to " + completions.number());
    }
    if (failed.number() > MOST_INDEXES_IN_PARALLEL) {
      failed.invalid("must be less than or equal to 100000");
    }
    if (spec.at(PER_INDEX).present() && completions.number() > MANY_COMPLETIONS) {
      manyIndexes(spec);
    }
  }

  private static void manyIndexes(Field spec) {
    Field failed = spec.at(FAILED_INDEXES);
    if (!failed.present()) {
      failed.required("must be specified when completions is above 100000");
    } else if (failed.number() > MOST_FAILED_OF_MANY) {
      failed.invalid(
          "must be less than or equal to 10000 when completions are above 100000 and used with"
              + " backoff limit per index");
    }
    Field parallelism = spec.at("parallelism");
    if (parallelism.number() > MOST_FAILED_OF_MANY) {
      parallelism.invalid(
          "must be less than or equal to 10000 when completions are above 100000 and used with"
              + " backoff limit per index");
    }
  }

  private static void notIndexed(Field spec) {
    for (String member : new String[] {PER_INDEX, FAILED_INDEXES}) {
      if (spec.at(member).present()) {
        spec.at(member).invalid(NEEDS_INDEXES);
      }
    }
  }

  private static void replacement(Field spec) {
    Field policy = spec.at("podReplacementPolicy");
    if (!policy.present()) {
      return;
    }
    if (spec.at("podFailurePolicy").present()) {
      policy.oneOfIfSet("Failed");
    } else {
      policy.oneOfIfSet("Failed", "TerminatingOrFailed");
    }
  }

  private static void restarts(Field spec) {
    Field restarts = spec.at("template", "spec", "restartPolicy");
    if (restarts.isEmpty() || restarts.says("Always")) {
      restarts.required("valid values: \"OnFailure\", \"Never\"");
    } else if (!restarts.says("OnFailure") && !restarts.says("Never")) {
      restarts.unsupported("OnFailure", "Never");
    } else if (spec.at("podFailurePolicy").present() && !restarts.says("Never")) {
      restarts.invalid("only \"Never\" is supported when podFailurePolicy is specified");
    }
  }
}
