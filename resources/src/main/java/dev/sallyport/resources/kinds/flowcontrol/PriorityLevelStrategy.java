package dev.sallyport.resources.kinds.flowcontrol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.kinds.Defaults;
import dev.sallyport.resources.kinds.KindStrategy;
import dev.sallyport.resources.validation.Faults;
import dev.sallyport.resources.validation.Field;
import java.util.Set;

/**
 * PriorityLevelConfigurations.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/cluster-administration/flow-control/">API
 *     priority and fairness</a>
 */
final class PriorityLevelStrategy implements KindStrategy {

  private static final String SHARES = "nominalConcurrencyShares";
  private static final String LENDABLE = "lendablePercent";
  private static final int LIMITED_SHARES = 30;
  private static final int QUEUES = 64;
  private static final int HAND = 8;
  private static final int QUEUE_LENGTH = 50;
  private static final int MOST_QUEUES = 10_000_000;

  @Override
  public Set<Trait> traits() {
    return Set.of(Trait.GENERATION);
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    ObjectNode spec = Defaults.object(object, "spec");
    if (spec.get("limited") instanceof ObjectNode limited) {
      Defaults.number(limited, SHARES, LIMITED_SHARES);
      Defaults.number(limited, LENDABLE, 0);
      if (limited.path("limitResponse").path("queuing") instanceof ObjectNode queuing) {
        unlessZero(queuing, "queues", QUEUES);
        unlessZero(queuing, "handSize", HAND);
        unlessZero(queuing, "queueLengthLimit", QUEUE_LENGTH);
      }
    }
    if (spec.get("exempt") instanceof ObjectNode exempt) {
      Defaults.number(exempt, SHARES, 0);
      Defaults.number(exempt, LENDABLE, 0);
    }
  }

  private static void unlessZero(ObjectNode queuing, String member, int value) {
    if (queuing.path(member).asInt() == 0) {
      queuing.put(member, value);
    }
  }

  @Override
  public void prepareStatusUpdate(ObjectNode object, ObjectNode old) {
    KindStrategy.super.prepareStatusUpdate(object, old);
    KindStrategy.keepMetadata(object, old);
  }

  @Override
  public void validate(ObjectNode object, Faults faults) {
    Field spec = Field.root(object, faults).at("spec");
    Field limited = spec.at("limited");
    Field exempt = spec.at("exempt");
    switch (spec.at("type").text()) {
      case "Exempt" -> {
        if (limited.present()) {
          limited.forbidden("must be nil if the type is not Limited");
        }
        shares(exempt, 0);
      }
      case "Limited" -> {
        if (exempt.present()) {
          exempt.forbidden("must be nil if the type is Limited");
        }
        if (!limited.present()) {
          limited.required("must not be empty when type is Limited");
        } else {
          shares(limited, 0);
          Field borrowing = limited.at("borrowingLimitPercent");
          if (borrowing.number() < 0) {
            borrowing.invalid("if specified, must be a non-negative integer");
          }
          response(limited.at("limitResponse"));
        }
      }
      default -> spec.at("type").unsupported("Exempt", "Limited");
    }
  }

  private static void shares(Field level, int least) {
    Field shares = level.at(SHARES);
    if (shares.present() && shares.number() < least) {
      shares.invalid("must be a non-negative integer");
    }
    Field lendable = level.at(LENDABLE);
    if (lendable.number() < 0 || lendable.number() > 100) {
      lendable.invalid("must be between 0 and 100, inclusive");
    }
  }

  private static void response(Field response) {
    Field queuing = response.at("queuing");
    switch (response.at("type").text()) {
      case "Reject" -> {
        if (queuing.present()) {
          queuing.forbidden("must be nil if limited.limitResponse.type is not Limited");
        }
      }
      case "Queue" -> {
        if (!queuing.present()) {
          queuing.required("must not be empty if limited.limitResponse.type is Limited");
        } else {
          queuing(queuing);
        }
      }
      default -> response.at("type").unsupported("Queue", "Reject");
    }
  }

  private static void queuing(Field queuing) {
    Field queues = queuing.at("queues");
    Field hand = queuing.at("handSize");
    Field length = queuing.at("queueLengthLimit");
    if (length.number() <= 0) {
      length.invalid("must be positive");
    }
    if (queues.number() <= 0) {
      queues.invalid("must be positive");
    } else if (queues.number() > MOST_QUEUES) {
      queues.invalid("must not be greater than " + MOST_QUEUES);
    }
    if (hand.number() <= 0) {
      hand.invalid("must be positive");
    } else if (hand.number() > queues.number()) {
      hand.invalid("should not be greater than queues (%d)".formatted(queues.number()));
    }
  }
}
