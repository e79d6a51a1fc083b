package dev.sallyport.resources.kinds.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.api.IpText;
import dev.sallyport.config.ServiceNetworkConfig;
import dev.sallyport.resources.kinds.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and node ports of services: no two services have the same. What is taken is known
 * from the stored services, of which {@link #present} and {@link #gone} must be told before their
 * writes are acknowledged, and from the writes under way. Any thread; never blocks for long.
 */
public final class ServiceNetwork {

  private final List<AddressRange> ranges;
  private final int firstPort;
  private final int lastPort;

  private final Map<String, Taken> byService = new HashMap<>();
  private final Map<Object, String> owners = new HashMap<>();
  private final Set<Object> underWay = new HashSet<>();

  /** What one service has: addresses as hexadecimal texts, ports as numbers. */
  private record Taken(Set<Object> things) {}

  public ServiceNetwork(ServiceNetworkConfig config) {
    this.ranges = config.clusterRanges().stream().map(AddressRange::new).toList();
    this.firstPort = config.firstNodePort();
    this.lastPort = config.lastNodePort();
  }

  /** A service as it is stored now. */
  public synchronized void present(String namespace, String name, JsonNode service) {
    String key = namespace + "/" + name;
    release(key);
    Taken taken = new Taken(things(service.path("spec")));
    byService.put(key, taken);
    taken.things().forEach(thing -> owners.putIfAbsent(thing, key));
  }

  /** A service that is stored no longer. */
  public synchronized void gone(String namespace, String name) {
    release(namespace + "/" + name);
  }

  private void release(String key) {
    Taken before = byService.remove(key);
    if (before != null) {
      before.things().forEach(thing -> owners.remove(thing, key));
    }
  }

  private static Set<Object> things(JsonNode spec) {
    Set<Object> things = new HashSet<>();
    for (JsonNode address : spec.path("clusterIPs")) {
      byte[] octets = IpText.octets(address.asText());
      if (octets != null) {
        things.add(key(octets));
      }
    }
    for (JsonNode port : spec.path("ports")) {
      if (port.path("nodePort").asInt() != 0) {
        things.add(port.path("nodePort").asInt());
      }
    }
    if (spec.path("healthCheckNodePort").asInt() != 0) {
      things.add(spec.path("healthCheckNodePort").asInt());
    }
    return things;
  }

  private static Object key(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  /** The families that services can have, the usual one first. */
  List<String> families() {
    return ranges.stream().map(range -> range.isIpv6() ? "IPv6" : "IPv4").toList();
  }

  /**
   * Takes what a service needs and has not.
   *
   * @param service changed here
   * @param dryRun whether to look only
   * @throws dev.sallyport.api.StatusException when something is somebody else's or all is taken
   */
  Claim claim(ObjectNode service, @Nullable ObjectNode old, boolean dryRun) {
    synchronized (this) {
      Taking taking = new Taking(service, old);
      try {
        new ServiceClaims(service, taking).take();
      } catch (RuntimeException e) {
        taking.undo();
        throw e;
      }
      if (dryRun) {
        taking.undo();
        return Claim.NOTHING;
      }
      return written -> settle(taking);
    }
  }

  private synchronized void settle(Taking taking) {
    // What was written is known by its service; what was not is free again.
    taking.undo();
  }

  /** What one write takes. Under the lock. */
  final class Taking {
    private final String key;
    private final Set<Object> before;
    private final List<Object> taken = new ArrayList<>();

    private Taking(ObjectNode service, @Nullable ObjectNode old) {
      JsonNode metadata = service.path("metadata");
      key = metadata.path("namespace").asText() + "/" + metadata.path("name").asText();
      before = old == null ? Set.of() : things(old.path("spec"));
    }

    private void undo() {
      taken.forEach(underWay::remove);
      taken.clear();
    }

    private boolean isFree(Object thing) {
      return !owners.containsKey(thing) && !underWay.contains(thing);
    }

    private boolean isOwn(Object thing) {
      return (before.contains(thing) && key.equals(owners.getOrDefault(thing, key)))
          || taken.contains(thing);
    }

    private boolean take(Object thing) {
      if (isOwn(thing)) {
        return true;
      }
      if (!isFree(thing)) {
        return false;
      }
      underWay.add(thing);
      taken.add(thing);
      return true;
    }

    /** Takes an address that was asked for; answers why not, or "". */
    String address(String text) {
      byte[] octets = IpText.octets(text);
      if (octets == null) {
        return "";
      }
      if (before.contains(key(octets))) {
        return "";
      }
      AddressRange range = range(octets.length == 16);
      if (range == null || !range.contains(octets)) {
        return "the provided IP ("
            + text
            + ") is not in the valid range. The range of valid IPs is "
            + (range == null ? "" : range.network());
      }
      return take(key(octets)) ? "" : "provided IP is already allocated";
    }

    /** Takes any address of the family, or null when there is none left. */
    @Nullable String nextAddress(String family) {
      AddressRange range = range(family.equals("IPv6"));
      byte[] octets =
          range == null
              ? null
              : range.next(candidate -> isFree(key(candidate)), ThreadLocalRandom.current());
      if (octets == null) {
        return null;
      }
      take(key(octets));
      return IpText.text(octets);
    }

    /** Takes a port that was asked for; answers why not, or "". */
    String port(int port) {
      if (before.contains(port)) {
        return "";
      }
      if (port < firstPort || port > lastPort) {
        return "provided port is not in the valid range. The range of valid ports is "
            + firstPort
            + "-"
            + lastPort;
      }
      return take(port) ? "" : "provided port is already allocated";
    }

    /** Takes any port, or 0 when there is none left. */
    int nextPort() {
      int size = lastPort - firstPort + 1;
      // The lowest ports stay for those who name theirs, as with addresses.
      int band = size <= 16 ? 0 : Math.min(Math.max(16, size / 32), 128);
      int upper = probe(firstPort + band, lastPort);
      return upper != 0 ? upper : probe(firstPort, firstPort + band - 1);
    }

    private int probe(int from, int to) {
      int size = to - from + 1;
      int start = size <= 0 ? 0 : ThreadLocalRandom.current().nextInt(size);
      for (int i = 0; i < size; i++) {
        int port = from + (start + i) % size;
        if (isFree(port) && take(port)) {
          return port;
        }
      }
      return 0;
    }

    List<String> families() {
      return ServiceNetwork.this.families();
    }

    private @Nullable AddressRange range(boolean ipv6) {
      for (AddressRange range : ranges) {
        if (range.isIpv6() == ipv6) {
          return range;
        }
      }
      return null;
    }
  }
}
