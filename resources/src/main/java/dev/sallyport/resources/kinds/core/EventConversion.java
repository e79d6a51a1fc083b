package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.resources.GroupVersionKind;
import dev.sallyport.resources.kinds.Conversions;

/** Events of the core group and of events.k8s.io: the same facts under other names. */
final class EventConversion {

  private static final String[][] NAMES = {
    {"involvedObject", "regarding"},
    {"message", "note"},
    {"source", "deprecatedSource"},
    {"firstTimestamp", "deprecatedFirstTimestamp"},
    {"lastTimestamp", "deprecatedLastTimestamp"},
    {"count", "deprecatedCount"},
    {"reportingComponent", "reportingController"},
  };

  private EventConversion() {}

  static void convert(ObjectNode event, GroupVersionKind to) {
    boolean toCore = to.group().isEmpty();
    for (String[] names : NAMES) {
      if (toCore) {
        Conversions.rename(event, names[1], names[0]);
      } else {
        Conversions.rename(event, names[0], names[1]);
      }
    }
  }
}
