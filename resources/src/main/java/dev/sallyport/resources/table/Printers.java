package dev.sallyport.resources.table;

import dev.sallyport.resources.GroupVersionKind;
import java.util.HashMap;
import java.util.Map;

/** The printers of all kinds that have columns of their own. */
final class Printers {

  private final Map<String, Printer> byKind = new HashMap<>();

  Printers() {
    CorePrinters.register(this);
    NodePrinters.register(this);
    PodPrinters.register(this);
    WorkloadPrinters.register(this);
    AccessPrinters.register(this);
    NetworkPrinters.register(this);
    StoragePrinters.register(this);
    ClusterPrinters.register(this);
  }

  void add(String group, String kind, Printer printer) {
    byKind.put(group + "/" + kind, printer);
  }

  Printer of(GroupVersionKind kind) {
    return byKind.getOrDefault(kind.group() + "/" + kind.kind(), Printer.PLAIN);
  }
}
