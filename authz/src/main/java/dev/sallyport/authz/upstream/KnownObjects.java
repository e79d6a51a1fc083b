package dev.sallyport.authz.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.authz.RoleSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** What is known of one kind, told on to a sink where it changes. For one thread at a time. */
final class KnownObjects {

  private final RbacKind kind;
  private final RoleSource.Sink sink;
  private final Map<ObjectName, Record> known = new HashMap<>();

  KnownObjects(RbacKind kind, RoleSource.Sink sink) {
    this.kind = kind;
    this.sink = sink;
  }

  void put(JsonNode object) {
    put(ObjectName.of(object), kind.read(object));
  }

  private void put(ObjectName name, Record read) {
    if (!read.equals(known.put(name, read))) {
      kind.put(read, sink);
    }
  }

  void remove(JsonNode object) {
    ObjectName name = ObjectName.of(object);
    if (known.remove(name) != null) {
      kind.remove(name, sink);
    }
  }

  /** There is this and nothing else. New rights first: what both give is never missing. */
  void replace(Map<ObjectName, Record> all) {
    all.forEach(this::put);
    for (Iterator<ObjectName> each = known.keySet().iterator(); each.hasNext(); ) {
      ObjectName name = each.next();
      if (!all.containsKey(name)) {
        each.remove();
        kind.remove(name, sink);
      }
    }
  }
}
