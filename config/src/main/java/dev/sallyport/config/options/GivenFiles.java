package dev.sallyport.config.options;

import dev.sallyport.config.Fault;
import dev.sallyport.config.Faults;
import dev.sallyport.config.file.FileContent;
import dev.sallyport.config.file.InvalidFileException;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.pem.Certificates;
import dev.sallyport.config.pem.CertifiedKey;
import dev.sallyport.config.pem.PrivateKeys;
import dev.sallyport.config.pem.PublicKeys;
import java.nio.file.Path;
import java.util.Optional;

/** Looks into the files that flags name, so that a wrong one is told at start with all others. */
final class GivenFiles {

  static final String KUBECONFIG = "a kubeconfig file of a webhook";

  private final Faults faults;

  GivenFiles(Faults faults) {
    this.faults = faults;
  }

  /** A bundle of certificate authorities. */
  void bundle(Flag<Optional<Path>> flag) {
    check(flag, "a PEM file with certificates", Certificates::read);
  }

  void signingKey(Flag<Optional<Path>> flag) {
    check(flag, "a PEM file with a private key", PrivateKeys::read);
  }

  void text(Flag<Optional<Path>> flag) {
    check(flag, "a readable file", FileContent::read);
  }

  void verifyingKey(Flag<?> flag, Path file) {
    check(flag, file, "a PEM file with public or private keys", PublicKeys::read);
  }

  void check(Flag<Optional<Path>> flag, String expected, FileCheck check) {
    // Faults of the flag itself are gathered where it becomes a record.
    flag.read(new Faults()).ifPresent(file -> check(flag, file, expected, check));
  }

  /** A certificate and its key, given together. */
  void pair(Flag<Optional<Path>> certificate, Flag<Optional<Path>> key) {
    Optional<Path> first = certificate.read(new Faults());
    Optional<Path> second = key.read(new Faults());
    if (first.isPresent() && second.isPresent()) {
      pair(certificate, first.get(), key, second.get());
    } else {
      bundle(certificate);
      signingKey(key);
    }
  }

  void pair(Flag<?> certificate, Path certificateFile, Flag<?> key, Path keyFile) {
    int before = faults.all().size();
    check(certificate, certificateFile, "a PEM file with a certificate", Certificates::read);
    check(key, keyFile, "a PEM file with a private key", PrivateKeys::read);
    if (faults.all().size() == before) {
      String whole = "the private key of " + certificateFile;
      check(key, keyFile, whole, file -> CertifiedKey.read(certificateFile, file));
    }
  }

  void check(Flag<?> flag, Path file, String expected, FileCheck check) {
    try {
      check.check(file);
    } catch (InvalidFileException e) {
      if (e.faults().isEmpty()) {
        Fault fault = FileFault.of(flag.label(), file, expected, e);
        faults.add(fault);
      }
      for (String fault : e.faults()) {
        faults.add(flag.label(), file, expected + "; " + fault);
      }
    }
  }
}
