// SPDX-License-Identifier: Apache-2.0
package org.jamesmailman.benchmarks.lmtp.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jamesmailman.benchmarks.directory.LargeSite;

/**
 * Posts to a large site, one after the other, no two with the same Message-ID: each comes from a member of the list
 * that it is for, and, when it is for several, of the first of them. Used by one thread.
 */
public final class Posts {
    private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LINE = 76;
    private static final String BOUNDARY = "=_boundary_of_the_benchmark";

    /** From this size on, a post has an attachment. */
    private static final int ATTACHMENT_FROM = 32 * 1_024;

    private final int size;
    private final int recipients;
    private final int lists;
    private final int membersOfEach;
    private final String run;
    private final byte[] filling;
    private long count;

    /**
     * @param size of a message, in octets
     * @param recipients of each
     * @param run distinguishes these posts from those of other runs
     */
    public Posts(int size, int recipients, int lists, int membersOfEach, String run) {
        this.size = size;
        this.recipients = recipients;
        this.lists = lists;
        this.membersOfEach = membersOfEach;
        this.run = run;
        this.filling = filling(size);
    }

    /** A post, as it goes over the wire. */
    public record Post(String mail, List<String> recipients, ByteBuffer content) {}

    /** The next post. */
    public Post next() {
        long number = count++;
        List<String> to = new ArrayList<>(recipients);
        for (int i = 0; i < recipients; i++) {
            to.add(LargeSite.postingAddress((int) ((number * recipients + i) % lists) + 1));
        }
        int firstList = (int) (number * recipients % lists);
        String sender = LargeSite.member(firstList * membersOfEach + (int) (number % membersOfEach) + 1);
        return new Post(sender, to, content(number, sender, to.get(0)));
    }

    private ByteBuffer content(long number, String sender, String to) {
        byte[] start = (header(number, sender, to) + beforeBody()).getBytes(StandardCharsets.US_ASCII);
        byte[] close = (hasAttachment() ? "\r\n--" + BOUNDARY + "--\r\n" : "\r\n").getBytes(StandardCharsets.US_ASCII);
        int body = size - start.length - close.length;
        if (body < 0) {
            throw new IllegalArgumentException("a message of " + size + " octets has no room for its header");
        }
        return ByteBuffer.allocate(size + END.length)
                .put(start)
                .put(filling, 0, body)
                .put(close)
                .put(END)
                .flip();
    }

    private String header(long number, String sender, String to) {
        return "Received: from mail.example.org (mail.example.org [192.0.2.25])\r\n"
                + "\tby mx.example.com (Postfix) with ESMTPS id 4XyZ1234567\r\n"
                + "\tfor <" + to + ">; Wed, 25 Nov 2026 12:00:00 +0000 (UTC)\r\n"
                + "Date: Wed, 25 Nov 2026 12:00:00 +0000\r\n"
                + "From: Firstname Surname <" + sender + ">\r\n"
                + "To: " + to + "\r\n"
                + "Message-ID: <" + run + '.' + number + "@example.org>\r\n"
                + "In-Reply-To: <earlier." + run + "@example.org>\r\n"
                + "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= number " + number + "\r\n"
                + "MIME-Version: 1.0\r\n";
    }

    private String beforeBody() {
        String text = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
        if (!hasAttachment()) {
            return text;
        }
        return "Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\r\n\r\n"
                + "--" + BOUNDARY + "\r\n" + text + "The file is attached.\r\n"
                + "--" + BOUNDARY + "\r\n"
                + "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Disposition: attachment; filename=\"minutes.pdf\"\r\n\r\n";
    }

    private boolean hasAttachment() {
        return size >= ATTACHMENT_FROM;
    }

    /** Lines as those of base64, none of them beginning with a dot. */
    private static byte[] filling(int size) {
        byte[] filling = new byte[size];
        for (int i = 0; i < size; i++) {
            int column = i % (LINE + 2);
            filling[i] = column == LINE ? (byte) '\r' : column == LINE + 1 ? (byte) '\n' : (byte) ('A' + column % 26);
        }
        return filling;
    }
}
