// Reads a disk through cgo:
//
//	go run . disk_QZ1zXhyGX2Xw4nVt
//
// pkg-config finds the library (after make install, or with PKG_CONFIG_PATH); the environment says where and as whom:
// KATAPULT_API_TOKEN.
package main

/*
#cgo pkg-config: katapult_disk
#include <stdlib.h>
#include <katapult_disk.h>
*/
import "C"

import (
	"encoding/json"
	"fmt"
	"os"
	"unsafe"
)

// Failure is the reply of a call that has failed.
type Failure struct {
	Status  string `json:"status"`
	Message string `json:"message"`
	Outcome string `json:"outcome"`
}

func (f *Failure) Error() string {
	return f.Status + " (" + f.Outcome + "): " + f.Message
}

// answer takes the reply of a call: what it says goes into value, or it is the error.
func answer(status C.katapult_status, reply *C.char, value any) error {
	defer C.katapult_string_free(reply)
	text := []byte(C.GoString(reply))
	if status != C.KATAPULT_STATUS_OK {
		failure := new(Failure)
		if err := json.Unmarshal(text, failure); err != nil {
			return err
		}
		return failure
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(text, value)
}

// Disk is what this program shows of a disk.
type Disk struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	SizeInGB int    `json:"size_in_gb"`
	State    string `json:"state"`
}

func readDisk(client *C.katapult_client, id string) (Disk, error) {
	cID := C.CString(id)
	defer C.free(unsafe.Pointer(cID))
	var reply *C.char
	var got struct{ Disk Disk }
	status := C.katapult_disk_get(client, cID, &reply)
	err := answer(status, reply, &got)
	return got.Disk, err
}

func run(id string) error {
	var client *C.katapult_client
	var reply *C.char
	status := C.katapult_client_new(nil, &client, &reply)
	if err := answer(status, reply, nil); err != nil {
		return err
	}
	defer C.katapult_client_free(client)

	disk, err := readDisk(client, id)
	if err != nil {
		return err
	}
	fmt.Printf("%s %q %d GB %s\n", disk.ID, disk.Name, disk.SizeInGB, disk.State)
	return nil
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "one argument: the id of a disk")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
