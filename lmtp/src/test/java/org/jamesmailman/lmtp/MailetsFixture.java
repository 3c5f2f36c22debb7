// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.lmtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.jamesmailman.mailman.delivery.Delivery;
import org.jamesmailman.mailman.delivery.Outcome;
import org.jamesmailman.mailman.delivery.SiteFixture;
import org.jamesmailman.mailman.queue.QueueException;

/** Stands for the mailet container: queues each mail, unless it is told otherwise for a recipient. */
final class MailetsFixture implements MailProcessor {
    /** What becomes of a mail. */
    @FunctionalInterface
    interface Behaviour {
        void on(Mail mail, Delivery delivery);
    }

    private final SiteFixture site;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    MailetsFixture(SiteFixture site) {
        this.site = site;
    }

    /** From now on this becomes of the mail for a recipient, as the client writes it. */
    void on(String recipient, Behaviour behaviour) {
        behaviours.put(recipient, behaviour);
    }

    /** From now on the mail for a recipient ends in this way. */
    void conclude(String recipient, Outcome outcome) {
        on(recipient, (mail, delivery) -> delivery.sink().conclude(outcome));
    }

    /** The deliveries that came, in order. */
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /** The octets of each message that came, each one character. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    /** The sender and the recipients of each mail that came, as James has them, between blanks. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void service(Mail mail) {
        Delivery delivery = AttributeUtils.getValueAndCastFromMail(
                        mail, AttributeName.of(Delivery.ATTRIBUTE), Delivery.class)
                .orElseThrow();
        deliveries.add(delivery);
        messages.add(octets(delivery));
        mails.add(mail.getMaybeSender().asString()
                + mail.getRecipients().stream()
                        .map(recipient -> " " + recipient.asString())
                        .collect(Collectors.joining()));
        behaviours.getOrDefault(delivery.recipient(), this::stage).on(mail, delivery);
    }

    private void stage(Mail mail, Delivery delivery) {
        try {
            delivery.sink().conclude(new Outcome.Staged(site.queue().stage(delivery.queueEntry())));
            mail.setState(Mail.GHOST);
        } catch (QueueException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String octets(Delivery delivery) {
        try (var stream = delivery.transaction().message().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
