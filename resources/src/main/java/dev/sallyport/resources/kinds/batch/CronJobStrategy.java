package dev.sallyport.resources.kinds.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.kinds.pod.PodTemplates;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/**
 * CronJobs.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/">CronJob</a>
 */
final class CronJobStrategy implements KindStrategy {

  /** A Job's name is the CronJob's and eleven characters more. */
  private static final int LONGEST_NAME = 52;

  private static final int SUCCEEDED_KEPT = 3;
  private static final String ZONE = "TZ";

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    Defaults.text(spec, "concurrencyPolicy", "Allow");
    Defaults.flag(spec, "suspend", false);
    Defaults.number(spec, "successfulJobsHistoryLimit", SUCCEEDED_KEPT);
    Defaults.number(spec, "failedJobsHistoryLimit", 1);
    ObjectNode job = Defaults.object(Defaults.object(spec, "jobTemplate"), "spec");
    PodTemplates.applyDefaults(Defaults.object(job, "template"));
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    schedule(spec.at("schedule"), spec.at("timeZone"));
    spec.at("startingDeadlineSeconds").nonNegative();
    TimeZones.check(spec.at("timeZone"));
    spec.at("concurrencyPolicy").oneOf("Allow", "Forbid", "Replace");
    jobTemplate(spec.at("jobTemplate"));
    spec.nonNegative("successfulJobsHistoryLimit", "failedJobsHistoryLimit");
  }

  private static void schedule(Field schedule, Field zone) {
    if (!schedule.given()) {
      return;
    }
    try {
      CronSchedule.check(schedule.text());
    } catch (CronFault e) {
      schedule.invalid(e.fault());
    }
    if (schedule.text().contains(ZONE) && zone.present()) {
      schedule.invalid("cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
  }

  private static void jobTemplate(Field template) {
    template.at("metadata", "labels").labels();
    template.at("metadata", "annotations").annotations();
    Field spec = template.at("spec");
    JobRules.check(spec);
    if (spec.at("selector").present()) {
      spec.at("selector").invalid("`selector` will be auto-generated");
    }
    if (spec.at("manualSelector").isTrue()) {
      spec.faults().unsupportedShown(spec.at("manualSelector").path(), "true", "nil", "false");
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Faults faults) {
    Field root = Field.root(object, faults);
    Field name = root.at("metadata", "name");
    if (name.text().length() > LONGEST_NAME) {
      name.invalid("must be no more than 52 characters");
    }
    zoneInSchedule(root);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Faults faults) {
    // One that has it from older days may keep it.
    if (!old.path("spec").path("schedule").asText().contains(ZONE)) {
      zoneInSchedule(Field.root(object, faults));
    }
  }

  private static void zoneInSchedule(Field root) {
    Field schedule = root.at("spec", "schedule");
    if (schedule.text().contains(ZONE) && !root.at("spec", "timeZone").present()) {
      schedule.invalid("cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    }
  }
}
