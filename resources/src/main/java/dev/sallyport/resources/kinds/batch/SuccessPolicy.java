package dev.sallyport.resources.kinds.batch;

import dev.sallyport.resources.validation.Field;

/**
 * When an indexed Job has succeeded although not all of its indexes have.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy">Success
 *     policy</a>
 */
final class SuccessPolicy {

  private static final int MOST_RULES = 20;
  private static final int LONGEST_INDEXES = 64 * 1024;

  private SuccessPolicy() {}

  /**
   * @param spec the Job's
   */
  static void check(Field spec, boolean indexed) {
    Field policy = spec.at("successPolicy");
    if (!indexed) {
      policy.invalid("requires indexed completion mode");
      return;
    }
    Field rules = policy.at("rules");
    if (rules.size() == 0) {
      rules.required("at least one rules must be specified when the successPolicy is specified");
    }
    rules.atMost(MOST_RULES);
    rules.each(rule -> rule(rule, spec.at("completions").number()));
  }

  private static void rule(Field rule, long completions) {
    Field count = rule.at("succeededCount");
    Field indexes = rule.at("succeededIndexes");
    if (!count.present() && !indexes.present()) {
      rule.required("at least one of succeededCount or succeededIndexes must be specified");
    }
    long picked = completions;
    if (indexes.present()) {
      indexes.noLongerThan(LONGEST_INDEXES);
      try {
        picked = IndexRanges.count(indexes.text(), completions);
      } catch (IndexRanges.Fault e) {
        indexes.invalid("error parsing succeededIndexes: " + e.fault());
        return;
      }
    }
    if (!count.present()) {
      return;
    }
    count.nonNegative();
    if (count.number() > completions) {
      count.invalid(
          "must be less than or equal to %d (the number of specified completions)"
              .formatted(completions));
    }
    if (indexes.present() && count.number() > picked) {
      count.invalid(
          "must be less than or equal to %d (the number of indexes in the specified"
                  .formatted(picked)
              + " succeededIndexes field)");
    }
  }
}
