package dev.sallyport.config;

import java.net.InetAddress;
import java.util.List;

/** Several networks. */
public record Networks(List<Network> all) {

  public static final Networks NONE = new Networks(List.of());

  public Networks {
    all = List.copyOf(all);
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether an address lies in one of them. */
  public boolean contain(InetAddress address) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }
}
